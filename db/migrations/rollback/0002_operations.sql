drop function operations.act_for(jsonb), operations.part_of(bytea, integer), operations.begin_household_work(jsonb),
  operations.list_household_ids(uuid, integer), operations.make_audit_partitions(integer);
--> statement-breakpoint
drop table operations.operator_commands, operations.household_job_runs, operations.job_runs, operations.idempotency_keys, operations.audit_logs;
