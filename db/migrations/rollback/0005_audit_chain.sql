drop function operations.record_job_end(jsonb), operations.find_job_result(jsonb), operations.drop_audit_month(jsonb), operations.erase_audit_values(jsonb),
  operations.record_privileged_read(text, uuid, jsonb), operations.add_audit_row(uuid, text, text, uuid, jsonb, text),
  operations.record_audit_anchor(jsonb), operations.seal_audit_rows(jsonb), operations.audit_head(), operations.audit_month(timestamptz),
  operations.audit_seal_hash(operations.audit_seals), operations.audit_row_hash(operations.audit_logs);
--> statement-breakpoint
drop table operations.audit_anchors, operations.audit_seals;
