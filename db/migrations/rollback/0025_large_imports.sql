create or replace function wealth.remove_imported(import uuid) returns integer
language plpgsql security definer set search_path = pg_catalog as $$
declare
  removed integer;
begin
  delete from wealth.transactions t
  where t.import_id = import or t.reverses_id in (select id from wealth.transactions where import_id = import);
  get diagnostics removed = row_count;
  return removed;
end
$$;
create or replace function operations.stamp_row() returns trigger
language plpgsql set search_path = pg_catalog as $$
declare
  person constant uuid := operations.current_user_id();
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
drop function operations.stamping_user_id();
revoke update (status, reading, working_since, failure, accounts, new_count, duplicate_count, rejected_count, committed_at, undone_at, version)
  on wealth.imports from nestegg_operator;
revoke delete on wealth.import_parts from nestegg_operator;
revoke insert, update (name, profile, version) on wealth.import_profiles from nestegg_operator;
revoke update (opening_balance, mask, number_hash, version) on wealth.accounts from nestegg_operator;
revoke insert, update (category, category_id, merchant_name, notes, tags, transfer_account_id, recurring_id, provenance, version) on wealth.transactions
  from nestegg_operator;
revoke insert on wealth.investment_transactions, wealth.transaction_categories, wealth.rule_runs, wealth.rule_changes from nestegg_operator;
revoke insert, delete on wealth.transaction_splits, wealth.transfers, wealth.recurring_transactions from nestegg_operator;
revoke update (amount_low, amount_high, last_amount, last_date, next_date, confidence, missed, price_changes, period, version)
  on wealth.recurring_transactions from nestegg_operator;
revoke update (status, outflow_before, inflow_before, version) on wealth.transfers from nestegg_operator;
revoke execute on function wealth.remove_imported(uuid) from nestegg_operator;
alter table wealth.imports drop constraint imports_working_whole, drop constraint imports_status_known, drop constraint imports_committed_whole,
  drop column reading, drop column working_since, drop column failure;
alter table wealth.imports add constraint imports_status_known check (status in ('open', 'committed', 'undone')),
  add constraint imports_committed_whole check ((status = 'open') = (committed_at is null));
