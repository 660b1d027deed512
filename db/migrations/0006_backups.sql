CREATE TABLE "operations"."backups" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"reason" text NOT NULL,
	"status" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"snapshot_at" timestamp with time zone,
	"rows" bigint,
	"size_bytes" bigint,
	"content_bytes" bigint,
	"manifest_sha256" text,
	"verified_at" timestamp with time zone,
	"error" text,
	CONSTRAINT "backups_reason_known" CHECK ("operations"."backups"."reason" in ('schedule', 'migration', 'command')),
	CONSTRAINT "backups_status_known" CHECK ("operations"."backups"."status" in ('running', 'complete', 'good', 'failed', 'removed'))
);
--> statement-breakpoint
CREATE TABLE "operations"."restores" (
	"id" uuid PRIMARY KEY DEFAULT operations.uuid_v7() NOT NULL,
	"backup_id" uuid,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"recovery_point" timestamp with time zone,
	"recovery_time_ms" bigint,
	"data_loss_ms" bigint,
	"result" jsonb,
	"error" text,
	CONSTRAINT "restores_kind_known" CHECK ("operations"."restores"."kind" in ('verification', 'drill', 'full', 'tables', 'point-in-time')),
	CONSTRAINT "restores_status_known" CHECK ("operations"."restores"."status" in ('running', 'succeeded', 'failed'))
);
--> statement-breakpoint
CREATE INDEX "backups_started" ON "operations"."backups" USING btree ("started_at");
--> statement-breakpoint
CREATE INDEX "restores_started" ON "operations"."restores" USING btree ("started_at");
--> statement-breakpoint
CREATE INDEX "restores_backup" ON "operations"."restores" USING btree ("backup_id");
--> statement-breakpoint
-- Jobs and commands record what they do. Nobody removes a record, except retention.
select operations.guard_table('operations.backups', audited => false, stamped => false);
--> statement-breakpoint
create policy recorded_by_jobs on operations.backups to nestegg_operator using (true) with check (true);
--> statement-breakpoint
grant select, insert, update (status, finished_at, snapshot_at, rows, size_bytes, content_bytes, manifest_sha256, verified_at, error) on operations.backups to nestegg_operator;
--> statement-breakpoint
select operations.guard_table('operations.restores', audited => false, stamped => false);
--> statement-breakpoint
create policy recorded_by_jobs on operations.restores to nestegg_operator using (true) with check (true);
--> statement-breakpoint
grant select, insert, update (status, finished_at, recovery_point, recovery_time_ms, data_loss_ms, result, error) on operations.restores to nestegg_operator;
--> statement-breakpoint
create policy read_by_backups on operations.audit_logs for select to nestegg_backup using (true);
--> statement-breakpoint
-- A backup names the migrations that it was made after.
grant usage on schema drizzle to nestegg_backup;
--> statement-breakpoint
grant select on drizzle.__drizzle_migrations to nestegg_backup;
