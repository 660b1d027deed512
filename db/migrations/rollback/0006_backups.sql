revoke all on drizzle.__drizzle_migrations from nestegg_backup;
--> statement-breakpoint
revoke usage on schema drizzle from nestegg_backup;
--> statement-breakpoint
drop policy read_by_backups on operations.audit_logs;
--> statement-breakpoint
drop table operations.restores, operations.backups;
