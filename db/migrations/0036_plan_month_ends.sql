CREATE TABLE "planning"."plan_month_ends" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"household_id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"month_end" date NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"run_id" uuid,
	"plan_version" integer,
	"success_probability" double precision,
	"accounts_balance" numeric(20, 2),
	"net_worth" numeric(20, 2),
	"report" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "plan_month_ends_status_known" CHECK ("planning"."plan_month_ends"."status" in ('followed', 'not_followed')),
	CONSTRAINT "plan_month_ends_reason_if_not_followed" CHECK (("planning"."plan_month_ends"."status" = 'not_followed') = ("planning"."plan_month_ends"."reason" is not null)),
	CONSTRAINT "plan_month_ends_figures_if_followed" CHECK (("planning"."plan_month_ends"."status" = 'followed') = ("planning"."plan_month_ends"."success_probability" is not null))
);
--> statement-breakpoint
ALTER TABLE "planning"."plans" ADD COLUMN "follows_accounts" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "planning"."plan_month_ends" ADD CONSTRAINT "plan_month_ends_plan_fk" FOREIGN KEY ("plan_id","household_id") REFERENCES "planning"."plans"("id","household_id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "planning"."plan_month_ends" ADD CONSTRAINT "plan_month_ends_run_fk" FOREIGN KEY ("run_id","household_id") REFERENCES "planning"."runs"("id","household_id") ON DELETE set null ("run_id") ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "plan_month_ends_month_key" ON "planning"."plan_month_ends" USING btree ("plan_id","month_end");
--> statement-breakpoint
CREATE INDEX "plan_month_ends_run" ON "planning"."plan_month_ends" USING btree ("run_id");
--> statement-breakpoint
CREATE INDEX "plan_month_ends_household" ON "planning"."plan_month_ends" USING btree ("household_id");
--> statement-breakpoint
-- Written by a job once for each month of a plan: its rows are a history themselves.
select operations.protect_table('planning.plan_month_ends', 'household', audited => false);
--> statement-breakpoint
grant update (follows_accounts) on planning.plans to nestegg_write;
--> statement-breakpoint
-- The job of month ends rolls plans forward and simulates them.
grant insert, update (status, reason, run_id, plan_version, success_probability, accounts_balance, net_worth, report) on planning.plan_month_ends to nestegg_operator;
--> statement-breakpoint
grant update (as_of_date, planning_horizon_years, version, last_run_at) on planning.plans to nestegg_operator;
--> statement-breakpoint
grant insert, update (superseded_by, removed_at) on planning.plan_inputs to nestegg_operator;
--> statement-breakpoint
grant insert on planning.plan_versions, planning.runs, planning.plan_outputs to nestegg_operator;
--> statement-breakpoint
grant execute on function planning.record_hash(planning.runs), planning.record_hash(planning.plan_outputs) to nestegg_operator;
--> statement-breakpoint
select operations.erase_before('planning.plan_outputs', array['planning.plan_month_ends']);
