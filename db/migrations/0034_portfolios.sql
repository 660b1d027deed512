CREATE TABLE "wealth"."portfolio_accounts" (
	"portfolio_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"household_id" uuid NOT NULL,
	CONSTRAINT "portfolio_accounts_pkey" PRIMARY KEY("portfolio_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "wealth"."portfolio_versions" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"portfolio_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"change" text NOT NULL,
	"from_version" integer,
	"state" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "portfolio_versions_change_known" CHECK ("wealth"."portfolio_versions"."change" in ('created', 'updated', 'restored'))
);
--> statement-breakpoint
CREATE TABLE "wealth"."portfolios" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"portfolio_type" text DEFAULT 'live' NOT NULL,
	"currency" text NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	"target_kind" text DEFAULT 'none' NOT NULL,
	"target_allocation" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"portfolio_model_id" uuid,
	"rebalancing" jsonb NOT NULL,
	"benchmark_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "portfolios_type_known" CHECK ("wealth"."portfolios"."portfolio_type" in ('live')),
	CONSTRAINT "portfolios_target_known" CHECK ("wealth"."portfolios"."target_kind" in ('none', 'asset_class', 'instrument', 'model')),
	CONSTRAINT "portfolios_currency_iso" CHECK ("wealth"."portfolios"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "portfolios_model_is_target" CHECK (("wealth"."portfolios"."target_kind" = 'model') = ("wealth"."portfolios"."portfolio_model_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "wealth"."security_classes" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"symbol" text NOT NULL,
	"classes" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "security_classes_list" CHECK (jsonb_typeof("wealth"."security_classes"."classes") = 'array' and jsonb_array_length("wealth"."security_classes"."classes") > 0)
);
--> statement-breakpoint
ALTER TABLE "market"."instruments" ADD COLUMN "composition" jsonb DEFAULT '[]'::jsonb NOT NULL;
--> statement-breakpoint
ALTER TABLE "market"."instruments" ADD COLUMN "composition_date" date;
--> statement-breakpoint
CREATE UNIQUE INDEX "portfolios_id_household_key" ON "wealth"."portfolios" USING btree ("id","household_id");
--> statement-breakpoint
ALTER TABLE "wealth"."portfolio_accounts" ADD CONSTRAINT "portfolio_accounts_portfolio_fk" FOREIGN KEY ("portfolio_id","household_id") REFERENCES "wealth"."portfolios"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."portfolio_accounts" ADD CONSTRAINT "portfolio_accounts_account_fk" FOREIGN KEY ("account_id","household_id") REFERENCES "wealth"."accounts"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."portfolio_versions" ADD CONSTRAINT "portfolio_versions_portfolio_fk" FOREIGN KEY ("portfolio_id","household_id") REFERENCES "wealth"."portfolios"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."portfolios" ADD CONSTRAINT "portfolios_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."portfolios" ADD CONSTRAINT "portfolios_portfolio_model_id_portfolio_models_id_fk" FOREIGN KEY ("portfolio_model_id") REFERENCES "planning"."portfolio_models"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."portfolios" ADD CONSTRAINT "portfolios_benchmark_id_benchmarks_id_fk" FOREIGN KEY ("benchmark_id") REFERENCES "market"."benchmarks"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "wealth"."security_classes" ADD CONSTRAINT "security_classes_household_id_households_id_fk" FOREIGN KEY ("household_id") REFERENCES "identity"."households"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "portfolio_accounts_account" ON "wealth"."portfolio_accounts" USING btree ("account_id");
--> statement-breakpoint
CREATE INDEX "portfolio_accounts_household" ON "wealth"."portfolio_accounts" USING btree ("household_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "portfolio_versions_version_key" ON "wealth"."portfolio_versions" USING btree ("portfolio_id","version");
--> statement-breakpoint
CREATE INDEX "portfolio_versions_household" ON "wealth"."portfolio_versions" USING btree ("household_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "portfolios_default_key" ON "wealth"."portfolios" USING btree ("household_id") WHERE "wealth"."portfolios"."is_default";
--> statement-breakpoint
CREATE INDEX "portfolios_household" ON "wealth"."portfolios" USING btree ("household_id","id");
--> statement-breakpoint
CREATE INDEX "portfolios_model" ON "wealth"."portfolios" USING btree ("portfolio_model_id");
--> statement-breakpoint
CREATE INDEX "portfolios_benchmark" ON "wealth"."portfolios" USING btree ("benchmark_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "security_classes_symbol_key" ON "wealth"."security_classes" USING btree ("household_id","symbol");
--> statement-breakpoint
CREATE INDEX "security_classes_household" ON "wealth"."security_classes" USING btree ("household_id","id");
--> statement-breakpoint
ALTER TABLE "market"."instruments" ADD CONSTRAINT "instruments_composition_is_list" CHECK (jsonb_typeof("market"."instruments"."composition") = 'array');
--> statement-breakpoint
select operations.protect_table('wealth.portfolios', 'household');
--> statement-breakpoint
select operations.protect_table('wealth.security_classes', 'household');
--> statement-breakpoint
-- Its rows are written together with those of wealth.portfolios, which have the stamps and the audit.
select operations.protect_table('wealth.portfolio_accounts', 'household', audited => false, stamped => false);
--> statement-breakpoint
-- It is a history itself.
select operations.protect_table('wealth.portfolio_versions', 'household', audited => false);
--> statement-breakpoint
grant insert, delete, update (name, description, currency, is_default, target_kind, target_allocation, portfolio_model_id, rebalancing, benchmark_id, version)
  on wealth.portfolios to nestegg_write;
--> statement-breakpoint
grant insert, delete on wealth.portfolio_accounts to nestegg_write;
--> statement-breakpoint
grant insert on wealth.portfolio_versions to nestegg_write;
--> statement-breakpoint
grant insert, delete, update (classes, version) on wealth.security_classes to nestegg_write;
--> statement-breakpoint
grant update (composition, composition_date) on market.instruments to nestegg_operator;
--> statement-breakpoint
create trigger model_within_household after insert or update of portfolio_model_id on wealth.portfolios
  for each row execute function operations.refer_within_household('portfolio_model_id', 'planning.portfolio_models');
--> statement-breakpoint
select operations.erase_before('wealth.accounts', array['wealth.security_classes', 'wealth.portfolio_versions', 'wealth.portfolio_accounts', 'wealth.portfolios']);
