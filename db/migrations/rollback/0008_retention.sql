drop function operations.remove_audit_month(date);
--> statement-breakpoint
revoke delete on operations.household_job_runs, operations.job_runs, operations.system_events, planning.runs, planning.plan_outputs,
  planning.run_shards from nestegg_operator;
--> statement-breakpoint
revoke delete, update (email) on identity.household_invitations from nestegg_operator;
--> statement-breakpoint
drop policy restored on operations.household_job_runs;
--> statement-breakpoint
drop policy not_under_a_hold on operations.idempotency_keys;
--> statement-breakpoint
drop policy not_under_a_hold on operations.household_job_runs;
--> statement-breakpoint
do $$
declare
  target text;
  policy text;
begin
  foreach target in array array['identity.household_invitations', 'operations.idempotency_keys', 'operations.system_events', 'planning.runs',
    'planning.plan_outputs', 'planning.run_shards'] loop
    foreach policy in array array['retention_reads', 'retention_deletes', 'retention_anonymizes'] loop
      execute format('drop policy if exists %I on %s', policy, target);
    end loop;
  end loop;
end
$$;
--> statement-breakpoint
drop function operations.open_to_retention(regclass, text, text, boolean), operations.begin_retention(jsonb);
--> statement-breakpoint
drop table operations.retention_archives, operations.retention_runs, operations.legal_holds, operations.data_retention_policies;
--> statement-breakpoint
drop function operations.require_household(), operations.is_retention(), operations.held_user_ids(), operations.held_household_ids();
