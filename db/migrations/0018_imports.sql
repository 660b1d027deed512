CREATE TABLE "wealth"."import_parts" (
	"import_id" uuid NOT NULL,
	"household_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "import_parts_pkey" PRIMARY KEY("import_id","part"),
	CONSTRAINT "import_parts_number" CHECK ("wealth"."import_parts"."part" between 0 and 63)
);
--> statement-breakpoint
CREATE TABLE "wealth"."import_profiles" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"name" text NOT NULL,
	"header_hash" text NOT NULL,
	"profile" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "import_profiles_profile_small" CHECK (length("wealth"."import_profiles"."profile"::text) <= 20000)
);
--> statement-breakpoint
CREATE TABLE "wealth"."imports" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"status" text DEFAULT 'open' NOT NULL,
	"format" text,
	"institution_name" text,
	"content_hash" text,
	"accounts" jsonb,
	"new_count" integer,
	"duplicate_count" integer,
	"rejected_count" integer,
	"committed_at" timestamp with time zone,
	"undone_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "imports_status_known" CHECK ("wealth"."imports"."status" in ('open', 'committed', 'undone')),
	CONSTRAINT "imports_format_known" CHECK ("wealth"."imports"."format" in ('ofx', 'qfx', 'qif', 'csv', 'json')),
	CONSTRAINT "imports_size" CHECK ("wealth"."imports"."size_bytes" between 1 and 52428800),
	CONSTRAINT "imports_committed_whole" CHECK (("wealth"."imports"."status" = 'open') = ("wealth"."imports"."committed_at" is null)),
	CONSTRAINT "imports_undone_whole" CHECK (("wealth"."imports"."status" = 'undone') = ("wealth"."imports"."undone_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" DROP CONSTRAINT "investment_transactions_fees_not_negative";
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ALTER COLUMN "quantity" SET DATA TYPE numeric(33, 18);
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ALTER COLUMN "price" SET DATA TYPE numeric(33, 18);
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ADD COLUMN "load" numeric(15, 2);
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ADD COLUMN "penalty" numeric(15, 2);
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ADD COLUMN "taxes" numeric(15, 2);
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ADD COLUMN "state_tax_withheld" numeric(15, 2);
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ADD COLUMN "value" numeric(15, 2);
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ADD COLUMN "acquired_date" date;
--> statement-breakpoint
ALTER TABLE "wealth"."investment_transactions" ADD CONSTRAINT "investment_transactions_fees_not_negative" CHECK (least("wealth"."investment_transactions"."commission", "wealth"."investment_transactions"."regulatory_fees", "wealth"."investment_transactions"."other_fees", "wealth"."investment_transactions"."load", "wealth"."investment_transactions"."penalty", "wealth"."investment_transactions"."taxes", "wealth"."investment_transactions"."tax_withheld", "wealth"."investment_transactions"."state_tax_withheld", "wealth"."investment_transactions"."value") >= 0);
--> statement-breakpoint
CREATE INDEX "import_parts_household" ON "wealth"."import_parts" USING btree ("household_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "import_profiles_header_key" ON "wealth"."import_profiles" USING btree ("household_id","header_hash");
--> statement-breakpoint
CREATE UNIQUE INDEX "imports_id_household_key" ON "wealth"."imports" USING btree ("id","household_id");
--> statement-breakpoint
CREATE INDEX "imports_household" ON "wealth"."imports" USING btree ("household_id","id");
--> statement-breakpoint
ALTER TABLE "wealth"."import_parts" ADD CONSTRAINT "import_parts_import_fk" FOREIGN KEY ("import_id","household_id") REFERENCES "wealth"."imports"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."import_profiles" ADD CONSTRAINT "import_profiles_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."imports" ADD CONSTRAINT "imports_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."transactions" ADD CONSTRAINT "transactions_import_fk" FOREIGN KEY ("import_id","household_id") REFERENCES "wealth"."imports"("id","household_id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
select operations.protect_table('wealth.imports', 'household');
--> statement-breakpoint
grant insert, delete, update (status, format, institution_name, content_hash, accounts, new_count, duplicate_count, rejected_count, committed_at,
  undone_at, version) on wealth.imports to nestegg_write;
--> statement-breakpoint
-- The audit trail has the import with the hash of its content.
select operations.protect_table('wealth.import_parts', 'household', audited => false, stamped => false);
--> statement-breakpoint
grant insert, delete, update (bytes) on wealth.import_parts to nestegg_write;
--> statement-breakpoint
select operations.protect_table('wealth.import_profiles', 'household');
--> statement-breakpoint
grant insert, delete, update (name, profile, version) on wealth.import_profiles to nestegg_write;
--> statement-breakpoint
-- Removes the transactions of an import, and those that reverse them; their number. No other way removes a transaction of a file.
create function wealth.remove_imported(import uuid) returns integer
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
--> statement-breakpoint
grant execute on function wealth.remove_imported(uuid) to nestegg_write;
--> statement-breakpoint
create or replace function operations.erasure_steps() returns table (place integer, table_name text, person_column text, household_column text, replacements jsonb)
language sql immutable set search_path = pg_catalog as $$
  values
    (1, 'operations.idempotency_keys', 'user_id', null, null::jsonb),
    (2, 'operations.household_job_runs', null, 'household_id', null),
    (3, 'wealth.investment_transactions', null, 'household_id', null),
    (4, 'wealth.transactions', null, 'household_id', null),
    (5, 'wealth.import_parts', null, 'household_id', null),
    (6, 'wealth.import_profiles', null, 'household_id', null),
    (7, 'wealth.imports', null, 'household_id', null),
    (8, 'wealth.account_totals', null, 'household_id', null),
    (9, 'wealth.accounts', null, 'household_id', null),
    (10, 'planning.run_shards', null, 'household_id', null),
    (11, 'planning.plan_outputs', null, 'household_id', null),
    (12, 'planning.runs', null, 'household_id', null),
    (13, 'planning.plan_versions', null, 'household_id', null),
    (14, 'planning.plan_inputs', null, 'household_id', null),
    (15, 'planning.plans', null, 'household_id', null),
    (16, 'planning.portfolio_models', null, 'household_id', null),
    (17, 'planning.capital_market_assumptions', null, 'household_id', null),
    (18, 'identity.people', null, 'household_id', null),
    (19, 'identity.household_invitations', null, 'household_id', null),
    (20, 'identity.household_members', 'user_id', 'household_id', null),
    (21, 'identity.households', null, 'id', null),
    (22, 'identity.preferences', 'user_id', null, null),
    (23, 'identity.users', 'id', null, '{"email": null, "first_name": null, "last_name": null, "company": null, "title": null, "license_number": null,
      "last_login": null, "locked_until": null, "password_changed_at": null}')
$$;
--> statement-breakpoint
do $$
declare
  target text;
begin
  foreach target in array array['wealth.import_parts', 'wealth.import_profiles', 'wealth.imports'] loop
    execute format('create policy erased_on_path on %s to nestegg_owner using ((select operations.has_audit_path(''person'')))
      with check ((select operations.has_audit_path(''person'')))', target);
  end loop;
end
$$;
