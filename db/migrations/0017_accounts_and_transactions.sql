CREATE TABLE "wealth"."account_totals" (
	"account_id" uuid NOT NULL,
	"household_id" uuid NOT NULL,
	"period" text NOT NULL,
	"starts_on" date NOT NULL,
	"amount" numeric(22, 2) NOT NULL,
	"transaction_count" integer NOT NULL,
	CONSTRAINT "account_totals_pkey" PRIMARY KEY("account_id","period","starts_on"),
	CONSTRAINT "account_totals_period_known" CHECK ("wealth"."account_totals"."period" in ('day', 'month'))
);
--> statement-breakpoint
CREATE TABLE "wealth"."accounts" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"owner_id" uuid,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"tax_type" text,
	"institution_name" text,
	"currency" text DEFAULT 'USD' NOT NULL,
	"mask" text,
	"number_hash" text,
	"opened_on" date,
	"closed_on" date,
	"balance_source" text NOT NULL,
	"opening_balance" numeric(15, 2) DEFAULT '0' NOT NULL,
	"current_balance" numeric(15, 2),
	"available_balance" numeric(15, 2),
	"vested_balance" numeric(15, 2),
	"unvested_balance" numeric(15, 2),
	"balance_stated_at" timestamp with time zone,
	"credit_limit" numeric(15, 2),
	"plaid_account_id" text,
	"plaid_connection_id" uuid,
	"notes" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "accounts_type_known" CHECK ("wealth"."accounts"."type" in ('checking', 'savings', 'credit_card', 'investment', 'retirement', 'loan', 'mortgage', 'other', 'property', 'vehicle', 'private_asset')),
	CONSTRAINT "accounts_tax_type_known" CHECK ("wealth"."accounts"."tax_type" in ('taxable_brokerage', '401k', '403b', '457b', 'traditional_ira', 'rollover_ira', 'roth_ira', 'sep_ira', 'simple_ira', '529', 'hsa', 'trust', 'custodial')),
	CONSTRAINT "accounts_balance_source_known" CHECK ("wealth"."accounts"."balance_source" in ('ledger', 'stated')),
	CONSTRAINT "accounts_currency_iso" CHECK ("wealth"."accounts"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "accounts_mask_short" CHECK (length("wealth"."accounts"."mask") between 1 and 4),
	CONSTRAINT "accounts_dates_ordered" CHECK ("wealth"."accounts"."closed_on" >= "wealth"."accounts"."opened_on"),
	CONSTRAINT "accounts_credit_limit_not_negative" CHECK ("wealth"."accounts"."credit_limit" >= 0),
	CONSTRAINT "accounts_vested_not_negative" CHECK ("wealth"."accounts"."vested_balance" >= 0),
	CONSTRAINT "accounts_unvested_not_negative" CHECK ("wealth"."accounts"."unvested_balance" >= 0),
	CONSTRAINT "accounts_balance_by_type" CHECK (case "wealth"."accounts"."type"
        when 'checking' then "wealth"."accounts"."current_balance" >= -coalesce("wealth"."accounts"."credit_limit", 0)
        when 'loan' then "wealth"."accounts"."current_balance" <= 0
        when 'mortgage' then "wealth"."accounts"."current_balance" <= 0
        when 'credit_card' then true
        when 'other' then true
        else "wealth"."accounts"."current_balance" >= 0 end)
);
--> statement-breakpoint
CREATE TABLE "wealth"."investment_transactions" (
	"transaction_id" uuid NOT NULL,
	"household_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"trade_date" date NOT NULL,
	"settlement_date" date,
	"symbol" text,
	"security_name" text,
	"security_id" text,
	"quantity" numeric(24, 10),
	"price" numeric(24, 10),
	"commission" numeric(15, 2),
	"regulatory_fees" numeric(15, 2),
	"other_fees" numeric(15, 2),
	"tax_withheld" numeric(15, 2),
	"is_qualified" boolean,
	"tax_year" smallint,
	"tax_category" text,
	"split_numerator" integer,
	"split_denominator" integer,
	"new_symbol" text,
	"data_quality_score" numeric(3, 2),
	"confidence_score" numeric(3, 2),
	CONSTRAINT "investment_transactions_pkey" PRIMARY KEY("transaction_id"),
	CONSTRAINT "investment_transactions_quantity_not_negative" CHECK ("wealth"."investment_transactions"."quantity" >= 0),
	CONSTRAINT "investment_transactions_price_not_negative" CHECK ("wealth"."investment_transactions"."price" >= 0),
	CONSTRAINT "investment_transactions_fees_not_negative" CHECK (least("wealth"."investment_transactions"."commission", "wealth"."investment_transactions"."regulatory_fees", "wealth"."investment_transactions"."other_fees", "wealth"."investment_transactions"."tax_withheld") >= 0),
	CONSTRAINT "investment_transactions_split_whole" CHECK (("wealth"."investment_transactions"."split_numerator" is null) = ("wealth"."investment_transactions"."split_denominator" is null)),
	CONSTRAINT "investment_transactions_split_positive" CHECK ("wealth"."investment_transactions"."split_numerator" > 0 and "wealth"."investment_transactions"."split_denominator" > 0),
	CONSTRAINT "investment_transactions_tax_year" CHECK ("wealth"."investment_transactions"."tax_year" between 1900 and 2199),
	CONSTRAINT "investment_transactions_scores" CHECK ("wealth"."investment_transactions"."data_quality_score" between 0 and 1 and "wealth"."investment_transactions"."confidence_score" between 0 and 1)
);
--> statement-breakpoint
CREATE TABLE "wealth"."transactions" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"type" text DEFAULT 'cash' NOT NULL,
	"date" date NOT NULL,
	"amount" numeric(15, 2) NOT NULL,
	"description" text NOT NULL,
	"merchant_name" text,
	"category" text DEFAULT 'other' NOT NULL,
	"category_id" uuid,
	"notes" text,
	"tags" text[] DEFAULT '{}'::text[] NOT NULL,
	"attachments" text[] DEFAULT '{}'::text[] NOT NULL,
	"check_number" text,
	"is_pending" boolean DEFAULT false NOT NULL,
	"source" text NOT NULL,
	"plaid_transaction_id" text,
	"external_id" text,
	"fingerprint" text NOT NULL,
	"occurrence" integer DEFAULT 1 NOT NULL,
	"import_id" uuid,
	"reverses_id" uuid,
	"provenance" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "transactions_type_known" CHECK ("wealth"."transactions"."type" in ('cash', 'buy', 'sell', 'short', 'cover', 'dividend', 'reinvestment', 'interest', 'fee', 'contribution', 'withdrawal', 'transfer_in', 'transfer_out', 'split', 'merger', 'spin_off', 'symbol_change', 'return_of_capital')),
	CONSTRAINT "transactions_category_known" CHECK ("wealth"."transactions"."category" in ('food_and_drink', 'shopping', 'transportation', 'travel', 'entertainment', 'health_and_fitness', 'home_improvement', 'personal_care', 'education', 'business_services', 'government_services', 'transfer', 'payment', 'income', 'investment', 'other')),
	CONSTRAINT "transactions_source_known" CHECK ("wealth"."transactions"."source" in ('person', 'import', 'plaid', 'reversal')),
	CONSTRAINT "transactions_amount_not_zero" CHECK ("wealth"."transactions"."amount" <> 0 or "wealth"."transactions"."type" in ('transfer_in', 'transfer_out', 'reinvestment', 'split', 'merger', 'spin_off', 'symbol_change')),
	CONSTRAINT "transactions_date_usual" CHECK ("wealth"."transactions"."date" between '1900-01-01' and '2199-12-31'),
	CONSTRAINT "transactions_description_length" CHECK (length("wealth"."transactions"."description") <= 500)
);
--> statement-breakpoint
CREATE TABLE "identity"."people" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"user_id" uuid,
	"name" text NOT NULL,
	"relationship" text DEFAULT 'other' NOT NULL,
	"birth_date" date,
	"risk_tolerance" numeric(3, 2),
	"investment_horizon" smallint,
	"accredited_investor" boolean,
	"kyc_status" text DEFAULT 'not_started' NOT NULL,
	"kyc_data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"kyc_verified_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "people_relationship_known" CHECK ("identity"."people"."relationship" in ('self', 'spouse', 'partner', 'child', 'parent', 'other')),
	CONSTRAINT "people_kyc_status_known" CHECK ("identity"."people"."kyc_status" in ('not_started', 'pending', 'verified', 'rejected', 'expired')),
	CONSTRAINT "people_risk_tolerance" CHECK ("identity"."people"."risk_tolerance" between 0 and 1),
	CONSTRAINT "people_investment_horizon" CHECK ("identity"."people"."investment_horizon" between 0 and 100),
	CONSTRAINT "people_kyc_verified_whole" CHECK ("identity"."people"."kyc_status" <> 'verified' or "identity"."people"."kyc_verified_at" is not null)
);
--> statement-breakpoint
CREATE INDEX "account_totals_household" ON "wealth"."account_totals" USING btree ("household_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_id_household_key" ON "wealth"."accounts" USING btree ("id","household_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_plaid_account_key" ON "wealth"."accounts" USING btree ("plaid_account_id");
--> statement-breakpoint
CREATE INDEX "accounts_household" ON "wealth"."accounts" USING btree ("household_id","id");
--> statement-breakpoint
CREATE INDEX "accounts_owner" ON "wealth"."accounts" USING btree ("owner_id");
--> statement-breakpoint
CREATE INDEX "accounts_plaid_connection" ON "wealth"."accounts" USING btree ("plaid_connection_id");
--> statement-breakpoint
CREATE INDEX "investment_transactions_analysis" ON "wealth"."investment_transactions" USING btree ("account_id","trade_date","symbol");
--> statement-breakpoint
CREATE INDEX "investment_transactions_tax" ON "wealth"."investment_transactions" USING btree ("tax_year","tax_category","account_id");
--> statement-breakpoint
CREATE INDEX "investment_transactions_wash_sales" ON "wealth"."investment_transactions" USING btree ("account_id","symbol","trade_date");
--> statement-breakpoint
CREATE INDEX "investment_transactions_household" ON "wealth"."investment_transactions" USING btree ("household_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "transactions_id_household_key" ON "wealth"."transactions" USING btree ("id","household_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "transactions_fingerprint_key" ON "wealth"."transactions" USING btree ("account_id","fingerprint","occurrence");
--> statement-breakpoint
CREATE UNIQUE INDEX "transactions_plaid_key" ON "wealth"."transactions" USING btree ("plaid_transaction_id") WHERE "wealth"."transactions"."plaid_transaction_id" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "transactions_reverses_key" ON "wealth"."transactions" USING btree ("reverses_id") WHERE "wealth"."transactions"."reverses_id" is not null;
--> statement-breakpoint
CREATE INDEX "transactions_register" ON "wealth"."transactions" USING btree ("account_id","date","id");
--> statement-breakpoint
CREATE INDEX "transactions_household_register" ON "wealth"."transactions" USING btree ("household_id","date","id");
--> statement-breakpoint
CREATE INDEX "transactions_external" ON "wealth"."transactions" USING btree ("account_id","external_id") WHERE "wealth"."transactions"."external_id" is not null;
--> statement-breakpoint
CREATE INDEX "transactions_import" ON "wealth"."transactions" USING btree ("import_id") WHERE "wealth"."transactions"."import_id" is not null;
--> statement-breakpoint
CREATE INDEX "transactions_own_category" ON "wealth"."transactions" USING btree ("category_id") WHERE "wealth"."transactions"."category_id" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "people_id_household_key" ON "identity"."people" USING btree ("id","household_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "people_user_key" ON "identity"."people" USING btree ("household_id","user_id") WHERE "identity"."people"."user_id" is not null;
--> statement-breakpoint
CREATE INDEX "people_household" ON "identity"."people" USING btree ("household_id","id");
--> statement-breakpoint
ALTER TABLE "wealth"."account_totals" ADD CONSTRAINT "account_totals_account_fk" FOREIGN KEY ("account_id","household_id") REFERENCES "wealth"."accounts"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."accounts" ADD CONSTRAINT "accounts_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."accounts" ADD CONSTRAINT "accounts_owner_fk" FOREIGN KEY ("owner_id","household_id") REFERENCES "identity"."people"("id","household_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ADD CONSTRAINT "investment_transactions_transaction_fk" FOREIGN KEY ("transaction_id","household_id") REFERENCES "wealth"."transactions"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."transactions" ADD CONSTRAINT "transactions_account_fk" FOREIGN KEY ("account_id","household_id") REFERENCES "wealth"."accounts"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."transactions" ADD CONSTRAINT "transactions_reverses_fk" FOREIGN KEY ("reverses_id","household_id") REFERENCES "wealth"."transactions"("id","household_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "identity"."people" ADD CONSTRAINT "people_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "identity"."people" ADD CONSTRAINT "people_member_fk" FOREIGN KEY ("household_id","user_id") REFERENCES "identity"."household_members"("household_id","user_id") ON DELETE set null ("user_id") ON UPDATE no action;
--> statement-breakpoint
select operations.protect_table('identity.people', 'household', unaudited_columns => array['kyc_data']);
--> statement-breakpoint
select operations.protect_table('wealth.accounts', 'household');
--> statement-breakpoint
-- The audit trail has the import or the sync, not each of its rows: they carry its id, and nothing but labels of them ever changes.
select operations.protect_table('wealth.transactions', 'household', audited => false, stamped => false);
--> statement-breakpoint
create trigger stamp_row before update on wealth.transactions for each row execute function operations.stamp_row();
--> statement-breakpoint
-- Imported rows have the stamps of their import.
create trigger stamp_added_row before insert on wealth.transactions for each row when (new.import_id is null) execute function operations.stamp_row();
--> statement-breakpoint
create trigger audit_change after update on wealth.transactions for each row execute function operations.audit_change();
--> statement-breakpoint
create trigger audit_insert after insert on wealth.transactions for each row when (new.source in ('person', 'reversal')) execute function operations.audit_change();
--> statement-breakpoint
create trigger audit_delete after delete on wealth.transactions for each row when (old.source in ('person', 'reversal')) execute function operations.audit_change();
--> statement-breakpoint
-- Its rows are written together with those of wealth.transactions, which have the stamps and the audit.
select operations.protect_table('wealth.investment_transactions', 'household', audited => false, stamped => false);
--> statement-breakpoint
-- Derived from wealth.transactions by the trigger below.
select operations.protect_table('wealth.account_totals', 'household', audited => false, stamped => false);
--> statement-breakpoint
-- For its triggers, when a job changes transactions.
create policy jobs_maintain on wealth.account_totals to nestegg_owner using (household_id = (select operations.acting_household_id()))
  with check (household_id = (select operations.acting_household_id()));
--> statement-breakpoint
-- Keep the totals of days and months. Statements change them in the order of their keys, so that two of them cannot wait for each other.
create function wealth.keep_totals_of_added() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into wealth.account_totals as t (household_id, account_id, period, starts_on, amount, transaction_count)
  select household_id, account_id, period, starts_on, sum(amount), count(*)
  from added, lateral (values ('day', date), ('month', date_trunc('month', date)::date)) as place (period, starts_on)
  where not is_pending group by household_id, account_id, period, starts_on order by account_id, period, starts_on
  on conflict (account_id, period, starts_on) do update
  set amount = t.amount + excluded.amount, transaction_count = t.transaction_count + excluded.transaction_count;
  return null;
end
$$;
--> statement-breakpoint
create function wealth.keep_totals_of_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into wealth.account_totals as t (household_id, account_id, period, starts_on, amount, transaction_count)
  select household_id, account_id, period, starts_on, sum(amount), sum(rows)
  from (
    select household_id, account_id, date, amount, 1 as rows from added where not is_pending
    union all
    select household_id, account_id, date, -amount, -1 from removed where not is_pending
  ) as moved, lateral (values ('day', date), ('month', date_trunc('month', date)::date)) as place (period, starts_on)
  group by household_id, account_id, period, starts_on having sum(amount) <> 0 or sum(rows) <> 0 order by account_id, period, starts_on
  on conflict (account_id, period, starts_on) do update
  set amount = t.amount + excluded.amount, transaction_count = t.transaction_count + excluded.transaction_count;
  if found then
    delete from wealth.account_totals t using (select distinct account_id from removed) r where t.account_id = r.account_id and t.transaction_count = 0;
  end if;
  return null;
end
$$;
--> statement-breakpoint
-- Changes only totals that exist: those of an account that is being removed are already gone.
create function wealth.keep_totals_of_removed() returns trigger
language plpgsql security definer set search_path = pg_catalog as $$
begin
  with sums as (
    select account_id, period, starts_on, sum(amount) as amount, count(*) as rows
    from removed, lateral (values ('day', date), ('month', date_trunc('month', date)::date)) as place (period, starts_on)
    where not is_pending group by account_id, period, starts_on
  ), locked as (
    select t.account_id, t.period, t.starts_on, s.amount, s.rows from wealth.account_totals t join sums s using (account_id, period, starts_on)
    order by t.account_id, t.period, t.starts_on for update of t
  )
  update wealth.account_totals t set amount = t.amount - l.amount, transaction_count = t.transaction_count - l.rows
  from locked l where t.account_id = l.account_id and t.period = l.period and t.starts_on = l.starts_on;
  delete from wealth.account_totals t using (select distinct account_id from removed) r where t.account_id = r.account_id and t.transaction_count = 0;
  return null;
end
$$;
--> statement-breakpoint
create trigger keep_totals_of_added after insert on wealth.transactions referencing new table as added
  for each statement execute function wealth.keep_totals_of_added();
--> statement-breakpoint
create trigger keep_totals_of_changed after update on wealth.transactions referencing old table as removed new table as added
  for each statement execute function wealth.keep_totals_of_changed();
--> statement-breakpoint
create trigger keep_totals_of_removed after delete on wealth.transactions referencing old table as removed
  for each statement execute function wealth.keep_totals_of_removed();
--> statement-breakpoint
-- The sum of the posted transactions of an account up to a day, with it; null: of all. The opening balance is not in it.
create function wealth.ledger_total(account uuid, through date) returns numeric
language sql stable parallel safe set search_path = pg_catalog as $$
  select coalesce((select sum(amount) from wealth.account_totals
      where account_id = account and period = 'month' and (through is null or starts_on < date_trunc('month', through)::date)), 0)
    + coalesce((select sum(amount) from wealth.account_totals
      where account_id = account and period = 'day' and starts_on between date_trunc('month', through)::date and through), 0)
$$;
--> statement-breakpoint
grant execute on function wealth.ledger_total(uuid, date) to nestegg_write, nestegg_read, nestegg_operator, nestegg_owner;
--> statement-breakpoint
-- Makes all totals again from the transactions: the repair of a check.
create function wealth.rebuild_totals() returns void
language sql set search_path = pg_catalog as $$
  delete from wealth.account_totals;
  insert into wealth.account_totals (household_id, account_id, period, starts_on, amount, transaction_count)
  select household_id, account_id, 'day', date, sum(amount), count(*) from wealth.transactions where not is_pending group by household_id, account_id, date
  union all
  select household_id, account_id, 'month', date_trunc('month', date)::date, sum(amount), count(*)
  from wealth.transactions where not is_pending group by household_id, account_id, date_trunc('month', date);
$$;
--> statement-breakpoint
grant insert, delete, update (user_id, name, relationship, birth_date, risk_tolerance, investment_horizon, accredited_investor, kyc_status, kyc_data,
  kyc_verified_at, version) on identity.people to nestegg_write;
--> statement-breakpoint
grant insert, update (owner_id, name, tax_type, institution_name, mask, number_hash, opened_on, closed_on, opening_balance, current_balance,
  available_balance, vested_balance, unvested_balance, balance_stated_at, credit_limit, notes, version) on wealth.accounts to nestegg_write;
--> statement-breakpoint
-- Nobody may change the account, date or amount of a transaction, or remove one.
grant insert, update (merchant_name, category, category_id, notes, tags, attachments, provenance, version) on wealth.transactions to nestegg_write;
--> statement-breakpoint
grant insert on wealth.investment_transactions to nestegg_write;
--> statement-breakpoint
create or replace function operations.erasure_steps() returns table (place integer, table_name text, person_column text, household_column text, replacements jsonb)
language sql immutable set search_path = pg_catalog as $$
  values
    (1, 'operations.idempotency_keys', 'user_id', null, null::jsonb),
    (2, 'operations.household_job_runs', null, 'household_id', null),
    (3, 'wealth.investment_transactions', null, 'household_id', null),
    (4, 'wealth.transactions', null, 'household_id', null),
    (5, 'wealth.account_totals', null, 'household_id', null),
    (6, 'wealth.accounts', null, 'household_id', null),
    (7, 'planning.run_shards', null, 'household_id', null),
    (8, 'planning.plan_outputs', null, 'household_id', null),
    (9, 'planning.runs', null, 'household_id', null),
    (10, 'planning.plan_versions', null, 'household_id', null),
    (11, 'planning.plan_inputs', null, 'household_id', null),
    (12, 'planning.plans', null, 'household_id', null),
    (13, 'planning.portfolio_models', null, 'household_id', null),
    (14, 'planning.capital_market_assumptions', null, 'household_id', null),
    (15, 'identity.people', null, 'household_id', null),
    (16, 'identity.household_invitations', null, 'household_id', null),
    (17, 'identity.household_members', 'user_id', 'household_id', null),
    (18, 'identity.households', null, 'id', null),
    (19, 'identity.preferences', 'user_id', null, null),
    (20, 'identity.users', 'id', null, '{"email": null, "first_name": null, "last_name": null, "company": null, "title": null, "license_number": null,
      "last_login": null, "locked_until": null, "password_changed_at": null}')
$$;
--> statement-breakpoint
do $$
declare
  target text;
begin
  foreach target in array array['identity.people', 'wealth.accounts', 'wealth.account_totals', 'wealth.transactions', 'wealth.investment_transactions'] loop
    execute format('create policy erased_on_path on %s to nestegg_owner using ((select operations.has_audit_path(''person'')))
      with check ((select operations.has_audit_path(''person'')))', target);
  end loop;
end
$$;
