drop function operations.find_audit_seals(jsonb), operations.find_unrecorded_anchors(jsonb), operations.record_audit_restore(jsonb);
--> statement-breakpoint
drop table operations.audit_restore_records;
