drop function operations.act_for(jsonb), operations.part_of(bytea, integer), operations.begin_household_work(jsonb),
  operations.list_household_ids(uuid, integer), operations.make_audit_partitions(integer), operations.make_append_only(regclass, text[]);
--> statement-breakpoint
drop table operations.operator_commands, operations.household_job_runs, operations.job_runs, operations.idempotency_keys, operations.audit_logs,
  operations.unsealed_audit_rows;
--> statement-breakpoint
drop function operations.refuse_audit_change(), operations.has_audit_path(text[]), operations.close_audit_path(), operations.open_audit_path(text),
  operations.complete_audit_row(), operations.audit_values_digest(bytea, text, text, text, jsonb, jsonb, jsonb);
