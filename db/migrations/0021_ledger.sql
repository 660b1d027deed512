CREATE TABLE "wealth"."transaction_categories" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"parent" text NOT NULL,
	"name" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "transaction_categories_parent_known" CHECK ("wealth"."transaction_categories"."parent" in ('food_and_drink', 'shopping', 'transportation', 'travel', 'entertainment', 'health_and_fitness', 'home_improvement', 'personal_care', 'education', 'business_services', 'government_services', 'transfer', 'payment', 'income', 'investment', 'other'))
);
--> statement-breakpoint
CREATE TABLE "wealth"."transaction_splits" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"transaction_id" uuid NOT NULL,
	"position" smallint NOT NULL,
	"amount" numeric(15, 2) NOT NULL,
	"category" text NOT NULL,
	"category_id" uuid,
	"notes" text,
	CONSTRAINT "transaction_splits_category_known" CHECK ("wealth"."transaction_splits"."category" in ('food_and_drink', 'shopping', 'transportation', 'travel', 'entertainment', 'health_and_fitness', 'home_improvement', 'personal_care', 'education', 'business_services', 'government_services', 'transfer', 'payment', 'income', 'investment', 'other')),
	CONSTRAINT "transaction_splits_amount_not_zero" CHECK ("wealth"."transaction_splits"."amount" <> 0),
	CONSTRAINT "transaction_splits_position" CHECK ("wealth"."transaction_splits"."position" between 0 and 99)
);
--> statement-breakpoint
CREATE UNIQUE INDEX "transaction_categories_id_household_key" ON "wealth"."transaction_categories" USING btree ("id","household_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "transaction_categories_name_key" ON "wealth"."transaction_categories" USING btree ("household_id","parent",lower("name"));
--> statement-breakpoint
CREATE UNIQUE INDEX "transaction_splits_position_key" ON "wealth"."transaction_splits" USING btree ("transaction_id","position");
--> statement-breakpoint
CREATE INDEX "transaction_splits_household" ON "wealth"."transaction_splits" USING btree ("household_id");
--> statement-breakpoint
CREATE INDEX "transaction_splits_own_category" ON "wealth"."transaction_splits" USING btree ("category_id") WHERE "wealth"."transaction_splits"."category_id" is not null;
--> statement-breakpoint
ALTER TABLE "wealth"."transaction_categories" ADD CONSTRAINT "transaction_categories_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."transaction_splits" ADD CONSTRAINT "transaction_splits_transaction_fk" FOREIGN KEY ("transaction_id","household_id") REFERENCES "wealth"."transactions"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."transaction_splits" ADD CONSTRAINT "transaction_splits_own_category_fk" FOREIGN KEY ("category_id","household_id") REFERENCES "wealth"."transaction_categories"("id","household_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."transactions" ADD CONSTRAINT "transactions_own_category_fk" FOREIGN KEY ("category_id","household_id") REFERENCES "wealth"."transaction_categories"("id","household_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
select operations.protect_table('wealth.transaction_categories', 'household');
--> statement-breakpoint
grant insert, delete, update (parent, name, version) on wealth.transaction_categories to nestegg_write;
--> statement-breakpoint
select operations.protect_table('wealth.transaction_splits', 'household', stamped => false);
--> statement-breakpoint
-- The list is replaced as a whole. Only the own category of a part changes by itself, when another replaces it.
grant insert, delete, update (category, category_id) on wealth.transaction_splits to nestegg_write;
--> statement-breakpoint
create or replace function operations.erasure_steps() returns table (place integer, table_name text, person_column text, household_column text, replacements jsonb)
language sql immutable set search_path = pg_catalog as $$
  values
    (1, 'operations.idempotency_keys', 'user_id', null, null::jsonb),
    (2, 'wealth.transaction_splits', null, 'household_id', null),
    (3, 'operations.household_job_runs', null, 'household_id', null),
    (4, 'wealth.goal_accounts', null, 'household_id', null),
    (5, 'wealth.goals', null, 'household_id', null),
    (6, 'wealth.beneficiaries', null, 'household_id', null),
    (7, 'wealth.balance_snapshots', null, 'household_id', null),
    (8, 'wealth.account_valuations', null, 'household_id', null),
    (9, 'wealth.investment_transactions', null, 'household_id', null),
    (10, 'wealth.transactions', null, 'household_id', null),
    (11, 'wealth.transaction_categories', null, 'household_id', null),
    (12, 'wealth.import_parts', null, 'household_id', null),
    (13, 'wealth.import_profiles', null, 'household_id', null),
    (14, 'wealth.imports', null, 'household_id', null),
    (15, 'wealth.account_totals', null, 'household_id', null),
    (16, 'wealth.accounts', null, 'household_id', null),
    (17, 'planning.run_shards', null, 'household_id', null),
    (18, 'planning.plan_outputs', null, 'household_id', null),
    (19, 'planning.runs', null, 'household_id', null),
    (20, 'planning.plan_versions', null, 'household_id', null),
    (21, 'planning.plan_inputs', null, 'household_id', null),
    (22, 'planning.plans', null, 'household_id', null),
    (23, 'planning.portfolio_models', null, 'household_id', null),
    (24, 'planning.capital_market_assumptions', null, 'household_id', null),
    (25, 'identity.people', null, 'household_id', null),
    (26, 'identity.household_invitations', null, 'household_id', null),
    (27, 'identity.household_members', 'user_id', 'household_id', null),
    (28, 'identity.households', null, 'id', null),
    (29, 'identity.preferences', 'user_id', null, null),
    (30, 'identity.users', 'id', null, '{"email": null, "first_name": null, "last_name": null, "company": null, "title": null, "license_number": null,
      "last_login": null, "locked_until": null, "password_changed_at": null}')
$$;
--> statement-breakpoint
do $$
declare
  target text;
begin
  foreach target in array array['wealth.transaction_splits', 'wealth.transaction_categories'] loop
    execute format('create policy erased_on_path on %s to nestegg_owner using ((select operations.has_audit_path(''person'')))
      with check ((select operations.has_audit_path(''person'')))', target);
  end loop;
end
$$;
