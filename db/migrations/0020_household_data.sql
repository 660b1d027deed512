CREATE TABLE "wealth"."beneficiaries" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"rank" text NOT NULL,
	"position" smallint NOT NULL,
	"person_id" uuid,
	"name" text,
	"kind" text DEFAULT 'person' NOT NULL,
	"share" numeric(6, 3) NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "beneficiaries_rank_known" CHECK ("wealth"."beneficiaries"."rank" in ('primary', 'contingent')),
	CONSTRAINT "beneficiaries_kind_known" CHECK ("wealth"."beneficiaries"."kind" in ('person', 'charity', 'trust', 'estate')),
	CONSTRAINT "beneficiaries_named" CHECK (("wealth"."beneficiaries"."person_id" is null) <> ("wealth"."beneficiaries"."name" is null)),
	CONSTRAINT "beneficiaries_share" CHECK ("wealth"."beneficiaries"."share" > 0 and "wealth"."beneficiaries"."share" <= 100)
);
--> statement-breakpoint
CREATE TABLE "wealth"."goal_accounts" (
	"goal_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"household_id" uuid NOT NULL,
	CONSTRAINT "goal_accounts_pkey" PRIMARY KEY("goal_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "wealth"."goals" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"target_amount" numeric(15, 2) NOT NULL,
	"currency" text NOT NULL,
	"target_date" date,
	"priority" smallint DEFAULT 3 NOT NULL,
	"person_id" uuid,
	"status" text DEFAULT 'active' NOT NULL,
	"notes" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "goals_kind_known" CHECK ("wealth"."goals"."kind" in ('retirement', 'education', 'home', 'emergency_fund', 'vehicle', 'travel', 'other')),
	CONSTRAINT "goals_status_known" CHECK ("wealth"."goals"."status" in ('active', 'reached', 'paused', 'dropped')),
	CONSTRAINT "goals_target_positive" CHECK ("wealth"."goals"."target_amount" > 0),
	CONSTRAINT "goals_priority_range" CHECK ("wealth"."goals"."priority" between 1 and 5),
	CONSTRAINT "goals_currency_iso" CHECK ("wealth"."goals"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "wealth"."account_valuations" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"date" date NOT NULL,
	"balance" numeric(15, 2) NOT NULL,
	"available" numeric(15, 2),
	"vested" numeric(15, 2),
	"unvested" numeric(15, 2),
	"source" text DEFAULT 'person' NOT NULL,
	"note" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "account_valuations_source_known" CHECK ("wealth"."account_valuations"."source" in ('person', 'plaid', 'import'))
);
--> statement-breakpoint
CREATE TABLE "wealth"."balance_snapshots" (
	"account_id" uuid NOT NULL,
	"household_id" uuid NOT NULL,
	"date" date NOT NULL,
	"balance" numeric(15, 2) NOT NULL,
	"available_balance" numeric(15, 2),
	"currency" text NOT NULL,
	"taken_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "balance_snapshots_pkey" PRIMARY KEY("account_id","date")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "beneficiaries_place_key" ON "wealth"."beneficiaries" USING btree ("account_id","rank","position");
--> statement-breakpoint
CREATE INDEX "beneficiaries_household" ON "wealth"."beneficiaries" USING btree ("household_id");
--> statement-breakpoint
CREATE INDEX "beneficiaries_person" ON "wealth"."beneficiaries" USING btree ("person_id");
--> statement-breakpoint
CREATE INDEX "goal_accounts_account" ON "wealth"."goal_accounts" USING btree ("account_id");
--> statement-breakpoint
CREATE INDEX "goal_accounts_household" ON "wealth"."goal_accounts" USING btree ("household_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "goals_id_household_key" ON "wealth"."goals" USING btree ("id","household_id");
--> statement-breakpoint
CREATE INDEX "goals_household" ON "wealth"."goals" USING btree ("household_id","id");
--> statement-breakpoint
CREATE INDEX "goals_person" ON "wealth"."goals" USING btree ("person_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "account_valuations_date_key" ON "wealth"."account_valuations" USING btree ("account_id","date","source");
--> statement-breakpoint
CREATE INDEX "account_valuations_household" ON "wealth"."account_valuations" USING btree ("household_id");
--> statement-breakpoint
CREATE INDEX "balance_snapshots_household" ON "wealth"."balance_snapshots" USING btree ("household_id","date");
--> statement-breakpoint
CREATE INDEX "balance_snapshots_taken" ON "wealth"."balance_snapshots" USING btree ("taken_at");
--> statement-breakpoint
ALTER TABLE "wealth"."beneficiaries" ADD CONSTRAINT "beneficiaries_account_fk" FOREIGN KEY ("account_id","household_id") REFERENCES "wealth"."accounts"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."beneficiaries" ADD CONSTRAINT "beneficiaries_person_fk" FOREIGN KEY ("person_id","household_id") REFERENCES "identity"."people"("id","household_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."goal_accounts" ADD CONSTRAINT "goal_accounts_goal_fk" FOREIGN KEY ("goal_id","household_id") REFERENCES "wealth"."goals"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."goal_accounts" ADD CONSTRAINT "goal_accounts_account_fk" FOREIGN KEY ("account_id","household_id") REFERENCES "wealth"."accounts"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."goals" ADD CONSTRAINT "goals_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."goals" ADD CONSTRAINT "goals_person_fk" FOREIGN KEY ("person_id","household_id") REFERENCES "identity"."people"("id","household_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."account_valuations" ADD CONSTRAINT "account_valuations_account_fk" FOREIGN KEY ("account_id","household_id") REFERENCES "wealth"."accounts"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."balance_snapshots" ADD CONSTRAINT "balance_snapshots_account_fk" FOREIGN KEY ("account_id","household_id") REFERENCES "wealth"."accounts"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
select operations.protect_table('wealth.account_valuations', 'household');
--> statement-breakpoint
select operations.protect_table('wealth.beneficiaries', 'household');
--> statement-breakpoint
select operations.protect_table('wealth.goals', 'household');
--> statement-breakpoint
-- Its rows are written together with those of wealth.goals, which have the stamps and the audit.
select operations.protect_table('wealth.goal_accounts', 'household', audited => false, stamped => false);
--> statement-breakpoint
-- A job writes them, and they never change.
select operations.protect_table('wealth.balance_snapshots', 'household', audited => false, stamped => false);
--> statement-breakpoint
grant insert, delete, update (date, balance, available, vested, unvested, note, version) on wealth.account_valuations to nestegg_write;
--> statement-breakpoint
grant insert, delete on wealth.beneficiaries, wealth.goal_accounts to nestegg_write;
--> statement-breakpoint
grant insert, delete, update (name, kind, target_amount, currency, target_date, priority, person_id, status, notes, version) on wealth.goals to nestegg_write;
--> statement-breakpoint
grant insert, delete on wealth.balance_snapshots to nestegg_operator;
--> statement-breakpoint
-- For the trigger below, when a job changes accounts.
create policy jobs_maintain on wealth.account_valuations to nestegg_owner using (household_id = (select operations.acting_household_id()))
  with check (household_id = (select operations.acting_household_id()));
--> statement-breakpoint
-- What an institution states as the balance of an account becomes its value of that day in the household, so that the past is kept.
create function wealth.keep_stated_balance() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into wealth.account_valuations as v (household_id, account_id, date, balance, available, vested, unvested, source)
  values (new.household_id, new.id, (select (new.balance_stated_at at time zone h.timezone)::date from identity.households h where h.id = new.household_id),
    new.current_balance, new.available_balance, new.vested_balance, new.unvested_balance,
    case when new.plaid_account_id is null then 'import' else 'plaid' end)
  on conflict (account_id, date, source) do update set balance = excluded.balance, available = excluded.available, vested = excluded.vested,
    unvested = excluded.unvested, version = v.version + 1;
  return null;
end
$$;
--> statement-breakpoint
create trigger keep_stated_balance after insert or update of current_balance, available_balance, vested_balance, unvested_balance, balance_stated_at
  on wealth.accounts for each row when (new.balance_source = 'stated' and new.current_balance is not null and new.balance_stated_at is not null)
  execute function wealth.keep_stated_balance();
--> statement-breakpoint
-- The balance of an account at the end of a day; null before it begins: for a ledger, on the day it was opened, added or first moved.
create function wealth.balance_at(account uuid, through date) returns numeric
language sql stable parallel safe set search_path = pg_catalog as $$
  select case
    when a.balance_source = 'stated' then (
      select v.balance from wealth.account_valuations v
      where v.account_id = a.id and v.date <= through order by v.date desc, v.source = 'person' desc, v.source desc limit 1)
    when through >= least(a.opened_on,
      (select min(t.starts_on) from wealth.account_totals t where t.account_id = a.id and t.period = 'day'),
      (select (a.created_at at time zone h.timezone)::date from identity.households h where h.id = a.household_id))
    then a.opening_balance + wealth.ledger_total(a.id, through) end
  from wealth.accounts a where a.id = account
$$;
--> statement-breakpoint
grant execute on function wealth.balance_at(uuid, date) to nestegg_write, nestegg_read, nestegg_operator;
--> statement-breakpoint
create or replace function operations.erasure_steps() returns table (place integer, table_name text, person_column text, household_column text, replacements jsonb)
language sql immutable set search_path = pg_catalog as $$
  values
    (1, 'operations.idempotency_keys', 'user_id', null, null::jsonb),
    (2, 'operations.household_job_runs', null, 'household_id', null),
    (3, 'wealth.goal_accounts', null, 'household_id', null),
    (4, 'wealth.goals', null, 'household_id', null),
    (5, 'wealth.beneficiaries', null, 'household_id', null),
    (6, 'wealth.balance_snapshots', null, 'household_id', null),
    (7, 'wealth.account_valuations', null, 'household_id', null),
    (8, 'wealth.investment_transactions', null, 'household_id', null),
    (9, 'wealth.transactions', null, 'household_id', null),
    (10, 'wealth.import_parts', null, 'household_id', null),
    (11, 'wealth.import_profiles', null, 'household_id', null),
    (12, 'wealth.imports', null, 'household_id', null),
    (13, 'wealth.account_totals', null, 'household_id', null),
    (14, 'wealth.accounts', null, 'household_id', null),
    (15, 'planning.run_shards', null, 'household_id', null),
    (16, 'planning.plan_outputs', null, 'household_id', null),
    (17, 'planning.runs', null, 'household_id', null),
    (18, 'planning.plan_versions', null, 'household_id', null),
    (19, 'planning.plan_inputs', null, 'household_id', null),
    (20, 'planning.plans', null, 'household_id', null),
    (21, 'planning.portfolio_models', null, 'household_id', null),
    (22, 'planning.capital_market_assumptions', null, 'household_id', null),
    (23, 'identity.people', null, 'household_id', null),
    (24, 'identity.household_invitations', null, 'household_id', null),
    (25, 'identity.household_members', 'user_id', 'household_id', null),
    (26, 'identity.households', null, 'id', null),
    (27, 'identity.preferences', 'user_id', null, null),
    (28, 'identity.users', 'id', null, '{"email": null, "first_name": null, "last_name": null, "company": null, "title": null, "license_number": null,
      "last_login": null, "locked_until": null, "password_changed_at": null}')
$$;
--> statement-breakpoint
do $$
declare
  target text;
begin
  foreach target in array array['wealth.account_valuations', 'wealth.balance_snapshots', 'wealth.beneficiaries', 'wealth.goals', 'wealth.goal_accounts'] loop
    execute format('create policy erased_on_path on %s to nestegg_owner using ((select operations.has_audit_path(''person'')))
      with check ((select operations.has_audit_path(''person'')))', target);
  end loop;
end
$$;
