CREATE TABLE "wealth"."recurring_transactions" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"key" text NOT NULL,
	"direction" text NOT NULL,
	"name" text NOT NULL,
	"category" text DEFAULT 'other' NOT NULL,
	"period" text NOT NULL,
	"amount_low" numeric(15, 2) NOT NULL,
	"amount_high" numeric(15, 2) NOT NULL,
	"last_amount" numeric(15, 2) NOT NULL,
	"first_date" date NOT NULL,
	"last_date" date NOT NULL,
	"next_date" date NOT NULL,
	"confidence" numeric(3, 2) NOT NULL,
	"missed" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"price_changes" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"status" text DEFAULT 'detected' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "recurring_transactions_direction_known" CHECK ("wealth"."recurring_transactions"."direction" in ('in', 'out')),
	CONSTRAINT "recurring_transactions_category_known" CHECK ("wealth"."recurring_transactions"."category" in ('food_and_drink', 'shopping', 'transportation', 'travel', 'entertainment', 'health_and_fitness', 'home_improvement', 'personal_care', 'education', 'business_services', 'government_services', 'transfer', 'payment', 'income', 'investment', 'other')),
	CONSTRAINT "recurring_transactions_period_known" CHECK ("wealth"."recurring_transactions"."period" in ('weekly', 'biweekly', 'semi_monthly', 'monthly', 'quarterly', 'half_yearly', 'yearly')),
	CONSTRAINT "recurring_transactions_status_known" CHECK ("wealth"."recurring_transactions"."status" in ('detected', 'confirmed', 'dismissed')),
	CONSTRAINT "recurring_transactions_confidence" CHECK ("wealth"."recurring_transactions"."confidence" between 0 and 1)
);
--> statement-breakpoint
CREATE TABLE "wealth"."rule_changes" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"transaction_id" uuid NOT NULL,
	"rule_id" uuid,
	"rule_name" text NOT NULL,
	"field" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"provenance_before" text,
	CONSTRAINT "rule_changes_field_known" CHECK ("wealth"."rule_changes"."field" in ('category', 'merchantName', 'notes', 'tags', 'transferAccountId', 'splits'))
);
--> statement-breakpoint
CREATE TABLE "wealth"."rule_runs" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"source" text NOT NULL,
	"transaction_count" integer NOT NULL,
	"change_count" integer NOT NULL,
	"contradiction_count" integer NOT NULL,
	"remaining_count" integer DEFAULT 0 NOT NULL,
	"undone_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "rule_runs_source_known" CHECK ("wealth"."rule_runs"."source" in ('person', 'entry', 'import', 'sync'))
);
--> statement-breakpoint
CREATE TABLE "wealth"."rules" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"name" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"match" text DEFAULT 'all' NOT NULL,
	"conditions" jsonb NOT NULL,
	"actions" jsonb NOT NULL,
	"stop_after" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "rules_match_known" CHECK ("wealth"."rules"."match" in ('all', 'any'))
);
--> statement-breakpoint
CREATE TABLE "wealth"."transfers" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"outflow_id" uuid NOT NULL,
	"inflow_id" uuid NOT NULL,
	"confidence" numeric(3, 2) NOT NULL,
	"reasons" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"status" text DEFAULT 'proposed' NOT NULL,
	"source" text NOT NULL,
	"outflow_before" jsonb,
	"inflow_before" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "transfers_status_known" CHECK ("wealth"."transfers"."status" in ('proposed', 'confirmed', 'dismissed')),
	CONSTRAINT "transfers_source_known" CHECK ("wealth"."transfers"."source" in ('detection', 'person')),
	CONSTRAINT "transfers_confidence" CHECK ("wealth"."transfers"."confidence" between 0 and 1),
	CONSTRAINT "transfers_two_transactions" CHECK ("wealth"."transfers"."outflow_id" <> "wealth"."transfers"."inflow_id")
);
--> statement-breakpoint
ALTER TABLE "wealth"."transactions" ADD COLUMN "recurring_id" uuid;
--> statement-breakpoint
ALTER TABLE "wealth"."transactions" ADD COLUMN "is_recurring" boolean GENERATED ALWAYS AS (recurring_id is not null) STORED NOT NULL;
--> statement-breakpoint
ALTER TABLE "wealth"."transactions" ADD COLUMN "transfer_account_id" uuid;
--> statement-breakpoint
CREATE UNIQUE INDEX "recurring_transactions_id_household_key" ON "wealth"."recurring_transactions" USING btree ("id","household_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "recurring_transactions_key" ON "wealth"."recurring_transactions" USING btree ("account_id","key","direction");
--> statement-breakpoint
CREATE INDEX "recurring_transactions_household" ON "wealth"."recurring_transactions" USING btree ("household_id","next_date");
--> statement-breakpoint
CREATE UNIQUE INDEX "rule_changes_run_key" ON "wealth"."rule_changes" USING btree ("run_id","transaction_id","field");
--> statement-breakpoint
CREATE INDEX "rule_changes_household" ON "wealth"."rule_changes" USING btree ("household_id");
--> statement-breakpoint
CREATE INDEX "rule_changes_transaction" ON "wealth"."rule_changes" USING btree ("transaction_id");
--> statement-breakpoint
CREATE INDEX "rule_changes_rule" ON "wealth"."rule_changes" USING btree ("rule_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "rule_runs_id_household_key" ON "wealth"."rule_runs" USING btree ("id","household_id");
--> statement-breakpoint
CREATE INDEX "rule_runs_household" ON "wealth"."rule_runs" USING btree ("household_id","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "rules_id_household_key" ON "wealth"."rules" USING btree ("id","household_id");
--> statement-breakpoint
CREATE INDEX "rules_household" ON "wealth"."rules" USING btree ("household_id","position","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "transfers_pair_key" ON "wealth"."transfers" USING btree ("outflow_id","inflow_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "transfers_outflow_key" ON "wealth"."transfers" USING btree ("outflow_id") WHERE "wealth"."transfers"."status" <> 'dismissed';
--> statement-breakpoint
CREATE UNIQUE INDEX "transfers_inflow_key" ON "wealth"."transfers" USING btree ("inflow_id") WHERE "wealth"."transfers"."status" <> 'dismissed';
--> statement-breakpoint
CREATE INDEX "transfers_inflow" ON "wealth"."transfers" USING btree ("inflow_id");
--> statement-breakpoint
CREATE INDEX "transfers_household" ON "wealth"."transfers" USING btree ("household_id","id");
--> statement-breakpoint
CREATE INDEX "transactions_recurring" ON "wealth"."transactions" USING btree ("recurring_id") WHERE "wealth"."transactions"."recurring_id" is not null;
--> statement-breakpoint
CREATE INDEX "transactions_transfer_account" ON "wealth"."transactions" USING btree ("transfer_account_id") WHERE "wealth"."transactions"."transfer_account_id" is not null;
--> statement-breakpoint
ALTER TABLE "wealth"."recurring_transactions" ADD CONSTRAINT "recurring_transactions_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."recurring_transactions" ADD CONSTRAINT "recurring_transactions_account_fk" FOREIGN KEY ("account_id","household_id") REFERENCES "wealth"."accounts"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."rule_changes" ADD CONSTRAINT "rule_changes_run_fk" FOREIGN KEY ("run_id","household_id") REFERENCES "wealth"."rule_runs"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."rule_changes" ADD CONSTRAINT "rule_changes_transaction_fk" FOREIGN KEY ("transaction_id","household_id") REFERENCES "wealth"."transactions"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."rule_changes" ADD CONSTRAINT "rule_changes_rule_fk" FOREIGN KEY ("rule_id","household_id") REFERENCES "wealth"."rules"("id","household_id") ON DELETE set null ("rule_id") ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."rule_runs" ADD CONSTRAINT "rule_runs_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."rules" ADD CONSTRAINT "rules_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."transfers" ADD CONSTRAINT "transfers_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."transfers" ADD CONSTRAINT "transfers_outflow_fk" FOREIGN KEY ("outflow_id","household_id") REFERENCES "wealth"."transactions"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."transfers" ADD CONSTRAINT "transfers_inflow_fk" FOREIGN KEY ("inflow_id","household_id") REFERENCES "wealth"."transactions"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."transactions" ADD CONSTRAINT "transactions_recurring_fk" FOREIGN KEY ("recurring_id","household_id") REFERENCES "wealth"."recurring_transactions"("id","household_id") ON DELETE set null ("recurring_id") ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."transactions" ADD CONSTRAINT "transactions_transfer_account_fk" FOREIGN KEY ("transfer_account_id","household_id") REFERENCES "wealth"."accounts"("id","household_id") ON DELETE set null ("transfer_account_id") ON UPDATE no action;
--> statement-breakpoint
select operations.protect_table('wealth.rules', 'household');
--> statement-breakpoint
select operations.protect_table('wealth.rule_runs', 'household');
--> statement-breakpoint
-- They are never changed, and their run has the stamps and the audit.
select operations.protect_table('wealth.rule_changes', 'household', audited => false, stamped => false);
--> statement-breakpoint
select operations.protect_table('wealth.transfers', 'household');
--> statement-breakpoint
select operations.protect_table('wealth.recurring_transactions', 'household');
--> statement-breakpoint
grant insert, delete, update (name, position, is_active, match, conditions, actions, stop_after, version) on wealth.rules to nestegg_write;
--> statement-breakpoint
grant insert, update (undone_at) on wealth.rule_runs to nestegg_write;
--> statement-breakpoint
grant insert on wealth.rule_changes to nestegg_write;
--> statement-breakpoint
grant insert, delete, update (status, outflow_before, inflow_before, version) on wealth.transfers to nestegg_write;
--> statement-breakpoint
grant insert, delete, update (name, category, period, amount_low, amount_high, last_amount, last_date, next_date, confidence, missed, price_changes,
  status, version) on wealth.recurring_transactions to nestegg_write;
--> statement-breakpoint
grant update (recurring_id, transfer_account_id) on wealth.transactions to nestegg_write;
--> statement-breakpoint
create or replace function operations.erasure_steps() returns table (place integer, table_name text, person_column text, household_column text, replacements jsonb)
language sql immutable set search_path = pg_catalog as $$
  values
    (1, 'operations.idempotency_keys', 'user_id', null, null::jsonb),
    (2, 'wealth.rule_changes', null, 'household_id', null),
    (3, 'wealth.rule_runs', null, 'household_id', null),
    (4, 'wealth.rules', null, 'household_id', null),
    (5, 'wealth.transfers', null, 'household_id', null),
    (6, 'wealth.transaction_splits', null, 'household_id', null),
    (7, 'operations.household_job_runs', null, 'household_id', null),
    (8, 'wealth.goal_accounts', null, 'household_id', null),
    (9, 'wealth.goals', null, 'household_id', null),
    (10, 'wealth.beneficiaries', null, 'household_id', null),
    (11, 'wealth.balance_snapshots', null, 'household_id', null),
    (12, 'wealth.account_valuations', null, 'household_id', null),
    (13, 'wealth.investment_transactions', null, 'household_id', null),
    (14, 'wealth.transactions', null, 'household_id', null),
    (15, 'wealth.recurring_transactions', null, 'household_id', null),
    (16, 'wealth.transaction_categories', null, 'household_id', null),
    (17, 'wealth.import_parts', null, 'household_id', null),
    (18, 'wealth.import_profiles', null, 'household_id', null),
    (19, 'wealth.imports', null, 'household_id', null),
    (20, 'wealth.account_totals', null, 'household_id', null),
    (21, 'wealth.account_credentials', null, 'household_id', null),
    (22, 'wealth.accounts', null, 'household_id', null),
    (23, 'wealth.plaid_connections', null, 'household_id', null),
    (24, 'planning.run_shards', null, 'household_id', null),
    (25, 'planning.plan_outputs', null, 'household_id', null),
    (26, 'planning.runs', null, 'household_id', null),
    (27, 'planning.plan_versions', null, 'household_id', null),
    (28, 'planning.plan_inputs', null, 'household_id', null),
    (29, 'planning.plans', null, 'household_id', null),
    (30, 'planning.portfolio_models', null, 'household_id', null),
    (31, 'planning.capital_market_assumptions', null, 'household_id', null),
    (32, 'identity.people', null, 'household_id', null),
    (33, 'identity.household_invitations', null, 'household_id', null),
    (34, 'identity.household_members', 'user_id', 'household_id', null),
    (35, 'identity.households', null, 'id', null),
    (36, 'identity.preferences', 'user_id', null, null),
    (37, 'identity.users', 'id', null, '{"email": null, "first_name": null, "last_name": null, "company": null, "title": null, "license_number": null,
      "last_login": null, "locked_until": null, "password_changed_at": null}')
$$;
--> statement-breakpoint
do $$
declare
  target text;
begin
  foreach target in array array['wealth.rule_changes', 'wealth.rule_runs', 'wealth.rules', 'wealth.transfers', 'wealth.recurring_transactions'] loop
    execute format('create policy erased_on_path on %s to nestegg_owner using ((select operations.has_audit_path(''person'')))
      with check ((select operations.has_audit_path(''person'')))', target);
  end loop;
end
$$;
