ALTER TABLE "wealth"."imports" DROP CONSTRAINT "imports_status_known";
--> statement-breakpoint
ALTER TABLE "wealth"."imports" DROP CONSTRAINT "imports_committed_whole";
--> statement-breakpoint
ALTER TABLE "wealth"."imports" ADD COLUMN "reading" jsonb;
--> statement-breakpoint
ALTER TABLE "wealth"."imports" ADD COLUMN "working_since" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "wealth"."imports" ADD COLUMN "failure" text;
--> statement-breakpoint
ALTER TABLE "wealth"."imports" ADD CONSTRAINT "imports_working_whole" CHECK (("wealth"."imports"."status" = 'storing') = ("wealth"."imports"."reading" is not null) and ("wealth"."imports"."status" in ('storing', 'undoing')) = ("wealth"."imports"."working_since" is not null));
--> statement-breakpoint
ALTER TABLE "wealth"."imports" ADD CONSTRAINT "imports_status_known" CHECK ("wealth"."imports"."status" in ('open', 'storing', 'committed', 'undoing', 'undone'));
--> statement-breakpoint
ALTER TABLE "wealth"."imports" ADD CONSTRAINT "imports_committed_whole" CHECK (("wealth"."imports"."status" in ('open', 'storing')) = ("wealth"."imports"."committed_at" is null));
--> statement-breakpoint
grant update (reading, working_since, failure) on wealth.imports to nestegg_write;
--> statement-breakpoint
-- The task that stores and removes the transactions of a large import, and does the work that follows an import.
grant update (status, reading, working_since, failure, accounts, new_count, duplicate_count, rejected_count, committed_at, undone_at, version)
  on wealth.imports to nestegg_operator;
--> statement-breakpoint
grant delete on wealth.import_parts to nestegg_operator;
--> statement-breakpoint
grant insert, update (name, profile, version) on wealth.import_profiles to nestegg_operator;
--> statement-breakpoint
grant update (opening_balance, mask, number_hash, version) on wealth.accounts to nestegg_operator;
--> statement-breakpoint
grant insert, update (category, category_id, merchant_name, notes, tags, transfer_account_id, recurring_id, provenance, version) on wealth.transactions
  to nestegg_operator;
--> statement-breakpoint
grant insert on wealth.investment_transactions, wealth.transaction_categories, wealth.rule_runs, wealth.rule_changes to nestegg_operator;
--> statement-breakpoint
grant insert, delete on wealth.transaction_splits, wealth.transfers, wealth.recurring_transactions to nestegg_operator;
--> statement-breakpoint
grant update (amount_low, amount_high, last_amount, last_date, next_date, confidence, missed, price_changes, period, version)
  on wealth.recurring_transactions to nestegg_operator;
--> statement-breakpoint
grant update (status, outflow_before, inflow_before, version) on wealth.transfers to nestegg_operator;
--> statement-breakpoint
grant execute on function wealth.remove_imported(uuid) to nestegg_operator;
--> statement-breakpoint
-- The user for the stamps of a row: the one for whom the transaction acts, or who asked for the work on a household that it does.
create function operations.stamping_user_id() returns uuid
language plpgsql stable parallel restricted security definer set search_path = pg_catalog as $$
declare
  signing_key bytea;
begin
  select key into signing_key from operations.identity_key;
  return coalesce(operations.signed_id(signing_key, 'user'),
    case when operations.signed_id(signing_key, 'household') is not null then (operations.signed_request(signing_key) ->> 'userId')::uuid end);
end
$$;
--> statement-breakpoint
grant execute on function operations.stamping_user_id() to nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
create or replace function operations.stamp_row() returns trigger
language plpgsql set search_path = pg_catalog as $$
declare
  person constant uuid := operations.stamping_user_id();
begin
  if tg_op = 'INSERT' then
    new.created_at := now();
    new.created_by := person;
  else
    new.created_at := old.created_at;
    new.created_by := old.created_by;
  end if;
  new.updated_at := now();
  new.updated_by := person;
  return new;
end
$$;
--> statement-breakpoint
-- In two statements: each finds its rows by an index.
create or replace function wealth.remove_imported(import uuid) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare
  reversals integer;
  removed integer;
begin
  delete from wealth.transactions t using wealth.transactions r where r.import_id = import and t.reverses_id = r.id;
  get diagnostics reversals = row_count;
  delete from wealth.transactions where import_id = import;
  get diagnostics removed = row_count;
  return reversals + removed;
end
$$;
