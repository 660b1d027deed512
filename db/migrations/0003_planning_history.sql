CREATE TABLE "planning"."plan_versions" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"user_id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"change" text NOT NULL,
	"from_version" integer,
	"state" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"updated_by" uuid,
	CONSTRAINT "plan_versions_change_known" CHECK ("planning"."plan_versions"."change" in ('created', 'updated', 'input_added', 'input_replaced', 'input_removed', 'restored', 'rolled_forward', 'branched'))
);
--> statement-breakpoint
ALTER TABLE "planning"."capital_market_assumptions" ADD COLUMN "status" text DEFAULT 'draft' NOT NULL;--> statement-breakpoint
ALTER TABLE "planning"."capital_market_assumptions" ADD COLUMN "effective_until" date;--> statement-breakpoint
ALTER TABLE "planning"."capital_market_assumptions" ADD COLUMN "approved_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "planning"."plan_versions" ADD CONSTRAINT "plan_versions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "identity"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planning"."plan_versions" ADD CONSTRAINT "plan_versions_plan_fk" FOREIGN KEY ("plan_id","user_id") REFERENCES "planning"."plans"("id","user_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "plan_versions_version_key" ON "planning"."plan_versions" USING btree ("plan_id","version");--> statement-breakpoint
CREATE INDEX "plan_versions_user" ON "planning"."plan_versions" USING btree ("user_id");--> statement-breakpoint
ALTER TABLE "planning"."capital_market_assumptions" ADD CONSTRAINT "capital_market_assumptions_status_known" CHECK ("planning"."capital_market_assumptions"."status" in ('draft', 'in_review', 'approved', 'retired'));--> statement-breakpoint
ALTER TABLE "planning"."capital_market_assumptions" ADD CONSTRAINT "capital_market_assumptions_effective_in_order" CHECK ("planning"."capital_market_assumptions"."effective_until" >= "planning"."capital_market_assumptions"."effective_date");--> statement-breakpoint
update "planning"."capital_market_assumptions" set "status" = 'approved' where "user_id" is null;--> statement-breakpoint
select operations.protect_table('planning.plan_versions', audited => false);--> statement-breakpoint
-- History is written once.
revoke update, delete on "planning"."plan_versions" from nestegg_write;
