CREATE TABLE "identity"."households" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"timezone" text NOT NULL,
	"currency" text DEFAULT 'USD' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "households_currency_iso" CHECK ("identity"."households"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "identity"."preferences" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"theme" text DEFAULT 'system' NOT NULL,
	"language" text DEFAULT 'en-US' NOT NULL,
	"timezone" text DEFAULT 'UTC' NOT NULL,
	"currency" text DEFAULT 'USD' NOT NULL,
	"notifications" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"trading" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"dashboard_layout" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "preferences_theme_known" CHECK ("identity"."preferences"."theme" in ('system', 'light', 'dark')),
	CONSTRAINT "preferences_currency_iso" CHECK ("identity"."preferences"."currency" ~ '^[A-Z]{3}$')
);
--> statement-breakpoint
CREATE TABLE "identity"."users" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"cognito_sub" text NOT NULL,
	"email" text,
	"email_verified" boolean DEFAULT false NOT NULL,
	"first_name" text,
	"last_name" text,
	"role" text DEFAULT 'member' NOT NULL,
	"is_active" boolean DEFAULT true NOT NULL,
	"company" text,
	"title" text,
	"license_number" text,
	"failed_sign_in_count" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone,
	"last_sign_in_at" timestamp with time zone,
	"password_changed_at" timestamp with time zone,
	"mfa_enabled" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "users_role_known" CHECK ("identity"."users"."role" in ('member', 'admin')),
	CONSTRAINT "users_failed_sign_ins_not_negative" CHECK ("identity"."users"."failed_sign_in_count" >= 0)
);
--> statement-breakpoint
CREATE TABLE "planning"."capital_market_assumptions" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"user_id" uuid,
	"version" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"effective_date" date NOT NULL,
	"assumptions" jsonb NOT NULL,
	"source" text,
	"methodology" text,
	"review_date" date,
	"approved_by" uuid,
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid
);
--> statement-breakpoint
CREATE TABLE "planning"."plan_inputs" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"user_id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"input_type" text NOT NULL,
	"input_name" text NOT NULL,
	"input_value" jsonb NOT NULL,
	"validation_rules" jsonb,
	"is_valid" boolean DEFAULT true NOT NULL,
	"validation_errors" jsonb,
	"data_source" text DEFAULT 'user_input' NOT NULL,
	"confidence_score" numeric(3, 2),
	"version" integer DEFAULT 1 NOT NULL,
	"superseded_by" uuid,
	"removed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "plan_inputs_confidence" CHECK ("planning"."plan_inputs"."confidence_score" between 0 and 1),
	CONSTRAINT "plan_inputs_source_known" CHECK ("planning"."plan_inputs"."data_source" in ('user_input', 'imported', 'calculated'))
);
--> statement-breakpoint
CREATE TABLE "planning"."plan_outputs" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"user_id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"output_type" text NOT NULL,
	"output_name" text NOT NULL,
	"output_value" jsonb NOT NULL,
	"computation_time_ms" integer,
	"algorithm_version" text NOT NULL,
	"confidence_interval_lower" numeric(20, 6),
	"confidence_interval_upper" numeric(20, 6),
	"standard_deviation" numeric(20, 6),
	"version" integer DEFAULT 1 NOT NULL,
	"depends_on_inputs" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"depends_on_outputs" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid
);
--> statement-breakpoint
CREATE TABLE "planning"."plans" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"user_id" uuid NOT NULL,
	"household_id" uuid NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"status" text DEFAULT 'draft' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"parent_plan_id" uuid,
	"cma_id" uuid NOT NULL,
	"portfolio_model_id" uuid NOT NULL,
	"monte_carlo_iterations" integer DEFAULT 10000 NOT NULL,
	"random_seed" bigint NOT NULL,
	"planning_horizon_years" smallint NOT NULL,
	"steps_per_year" smallint DEFAULT 1 NOT NULL,
	"as_of_date" date NOT NULL,
	"confidence_level" numeric(3, 2) DEFAULT '0.95' NOT NULL,
	"last_run_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"tags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"category" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "plans_status_known" CHECK ("planning"."plans"."status" in ('draft', 'active', 'archived')),
	CONSTRAINT "plans_horizon" CHECK ("planning"."plans"."planning_horizon_years" between 1 and 100),
	CONSTRAINT "plans_steps" CHECK ("planning"."plans"."steps_per_year" in (1, 12)),
	CONSTRAINT "plans_iterations" CHECK ("planning"."plans"."monte_carlo_iterations" between 1 and 100000),
	CONSTRAINT "plans_confidence" CHECK ("planning"."plans"."confidence_level" between 0.5 and 0.99),
	CONSTRAINT "plans_not_its_own_parent" CHECK ("planning"."plans"."parent_plan_id" is distinct from "planning"."plans"."id")
);
--> statement-breakpoint
CREATE TABLE "planning"."portfolio_models" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"user_id" uuid,
	"cma_id" uuid NOT NULL,
	"name" text NOT NULL,
	"risk_level" smallint NOT NULL,
	"description" text,
	"is_active" boolean DEFAULT true NOT NULL,
	"asset_allocation" jsonb NOT NULL,
	"expected_return" numeric(6, 5) NOT NULL,
	"volatility" numeric(6, 5) NOT NULL,
	"sharpe_ratio" numeric(7, 4),
	"row_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "portfolio_models_risk_level" CHECK ("planning"."portfolio_models"."risk_level" between 1 and 10)
);
--> statement-breakpoint
CREATE TABLE "planning"."runs" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"user_id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"plan_version" integer NOT NULL,
	"status" text NOT NULL,
	"specification" jsonb NOT NULL,
	"provenance" jsonb NOT NULL,
	"engine_version" text NOT NULL,
	"random_seed" bigint NOT NULL,
	"path_count" integer NOT NULL,
	"shard_count" integer NOT NULL,
	"input_hash" char(64) NOT NULL,
	"output_hash" char(64) NOT NULL,
	"result" jsonb NOT NULL,
	"computation_time_ms" integer NOT NULL,
	"last_verified_at" timestamp with time zone,
	"last_verification_matched" boolean,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "runs_status_known" CHECK ("planning"."runs"."status" in ('succeeded', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "market"."annual_returns" (
	"dataset_id" uuid NOT NULL,
	"series" text NOT NULL,
	"year" smallint NOT NULL,
	"value" numeric(18, 14) NOT NULL,
	CONSTRAINT "annual_returns_pkey" PRIMARY KEY("dataset_id","series","year"),
	CONSTRAINT "annual_returns_above_total_loss" CHECK ("market"."annual_returns"."value" > -1)
);
--> statement-breakpoint
CREATE TABLE "market"."return_datasets" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"source" text NOT NULL,
	"series" text[] NOT NULL,
	"first_year" smallint NOT NULL,
	"last_year" smallint NOT NULL,
	"content_hash" char(64) NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "return_datasets_years" CHECK ("market"."return_datasets"."first_year" between 1600 and 2200 and "market"."return_datasets"."last_year" between "market"."return_datasets"."first_year" and 2200)
);
--> statement-breakpoint
CREATE TABLE "operations"."idempotency_keys" (
	"user_id" uuid NOT NULL,
	"route" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" char(64) NOT NULL,
	"status" integer,
	"headers" jsonb,
	"body" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone DEFAULT now() + interval '24 hours' NOT NULL,
	CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY("user_id","route","key")
);
--> statement-breakpoint
CREATE TABLE "operations"."job_runs" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"job" text NOT NULL,
	"scheduled_for" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"result" jsonb,
	"error" text,
	CONSTRAINT "job_runs_status_known" CHECK ("operations"."job_runs"."status" in ('running', 'succeeded', 'failed'))
);
--> statement-breakpoint
-- Before the foreign keys that refer to them.
CREATE UNIQUE INDEX "households_id_user_key" ON "identity"."households" USING btree ("id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "plans_id_user_key" ON "planning"."plans" USING btree ("id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "runs_id_user_key" ON "planning"."runs" USING btree ("id","user_id");--> statement-breakpoint
ALTER TABLE "identity"."households" ADD CONSTRAINT "households_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity"."preferences" ADD CONSTRAINT "preferences_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."capital_market_assumptions" ADD CONSTRAINT "capital_market_assumptions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plan_inputs" ADD CONSTRAINT "plan_inputs_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plan_inputs" ADD CONSTRAINT "plan_inputs_superseded_by_plan_inputs_id_fk" FOREIGN KEY ("superseded_by") REFERENCES "planning"."plan_inputs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plan_inputs" ADD CONSTRAINT "plan_inputs_plan_fk" FOREIGN KEY ("plan_id","user_id") REFERENCES "planning"."plans"("id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plan_outputs" ADD CONSTRAINT "plan_outputs_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plan_outputs" ADD CONSTRAINT "plan_outputs_plan_fk" FOREIGN KEY ("plan_id","user_id") REFERENCES "planning"."plans"("id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plan_outputs" ADD CONSTRAINT "plan_outputs_run_fk" FOREIGN KEY ("run_id","user_id") REFERENCES "planning"."runs"("id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plans" ADD CONSTRAINT "plans_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plans" ADD CONSTRAINT "plans_parent_plan_id_plans_id_fk" FOREIGN KEY ("parent_plan_id") REFERENCES "planning"."plans"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plans" ADD CONSTRAINT "plans_cma_id_capital_market_assumptions_id_fk" FOREIGN KEY ("cma_id") REFERENCES "planning"."capital_market_assumptions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plans" ADD CONSTRAINT "plans_portfolio_model_id_portfolio_models_id_fk" FOREIGN KEY ("portfolio_model_id") REFERENCES "planning"."portfolio_models"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plans" ADD CONSTRAINT "plans_household_fk" FOREIGN KEY ("household_id","user_id") REFERENCES "identity"."households"("id","user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."portfolio_models" ADD CONSTRAINT "portfolio_models_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."portfolio_models" ADD CONSTRAINT "portfolio_models_cma_id_capital_market_assumptions_id_fk" FOREIGN KEY ("cma_id") REFERENCES "planning"."capital_market_assumptions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."runs" ADD CONSTRAINT "runs_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."runs" ADD CONSTRAINT "runs_plan_fk" FOREIGN KEY ("plan_id","user_id") REFERENCES "planning"."plans"("id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "market"."annual_returns" ADD CONSTRAINT "annual_returns_dataset_id_return_datasets_id_fk" FOREIGN KEY ("dataset_id") REFERENCES "market"."return_datasets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operations"."idempotency_keys" ADD CONSTRAINT "idempotency_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "households_user" ON "identity"."households" USING btree ("user_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_cognito_sub_key" ON "identity"."users" USING btree ("cognito_sub");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "identity"."users" USING btree (lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX "capital_market_assumptions_version_key" ON "planning"."capital_market_assumptions" USING btree (coalesce("user_id", '00000000-0000-0000-0000-000000000000'::uuid),"version");--> statement-breakpoint
CREATE INDEX "capital_market_assumptions_user" ON "planning"."capital_market_assumptions" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "capital_market_assumptions_effective_date" ON "planning"."capital_market_assumptions" USING btree ("effective_date");--> statement-breakpoint
CREATE INDEX "plan_inputs_type" ON "planning"."plan_inputs" USING btree ("plan_id","input_type");--> statement-breakpoint
CREATE INDEX "plan_inputs_user" ON "planning"."plan_inputs" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "plan_inputs_superseded_by" ON "planning"."plan_inputs" USING btree ("superseded_by");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_inputs_current_name_key" ON "planning"."plan_inputs" USING btree ("plan_id","input_name") WHERE "planning"."plan_inputs"."superseded_by" is null and "planning"."plan_inputs"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "plan_outputs_type" ON "planning"."plan_outputs" USING btree ("plan_id","output_type");--> statement-breakpoint
CREATE INDEX "plan_outputs_run" ON "planning"."plan_outputs" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "plan_outputs_user" ON "planning"."plan_outputs" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "plans_user_status" ON "planning"."plans" USING btree ("user_id","status");--> statement-breakpoint
CREATE INDEX "plans_user_id" ON "planning"."plans" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "plans_household" ON "planning"."plans" USING btree ("household_id");--> statement-breakpoint
CREATE INDEX "plans_parent" ON "planning"."plans" USING btree ("parent_plan_id");--> statement-breakpoint
CREATE INDEX "plans_last_run" ON "planning"."plans" USING btree ("last_run_at");--> statement-breakpoint
CREATE INDEX "plans_random_seed" ON "planning"."plans" USING btree ("random_seed");--> statement-breakpoint
CREATE INDEX "portfolio_models_user" ON "planning"."portfolio_models" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "portfolio_models_cma" ON "planning"."portfolio_models" USING btree ("cma_id");--> statement-breakpoint
CREATE UNIQUE INDEX "portfolio_models_reference_name_key" ON "planning"."portfolio_models" USING btree ("cma_id","name") WHERE "planning"."portfolio_models"."user_id" is null;--> statement-breakpoint
CREATE INDEX "runs_plan" ON "planning"."runs" USING btree ("plan_id","id");--> statement-breakpoint
CREATE INDEX "runs_user" ON "planning"."runs" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "return_datasets_name_version_key" ON "market"."return_datasets" USING btree ("name","version");--> statement-breakpoint
CREATE UNIQUE INDEX "return_datasets_name_content_key" ON "market"."return_datasets" USING btree ("name","content_hash");--> statement-breakpoint
CREATE INDEX "idempotency_keys_expiry" ON "operations"."idempotency_keys" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "job_runs_job_time_key" ON "operations"."job_runs" USING btree ("job","scheduled_for");