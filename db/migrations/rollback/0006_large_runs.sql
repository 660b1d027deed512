revoke usage on schema planning from nestegg_functions;
--> statement-breakpoint
drop function planning.read_run_material(jsonb), planning.queue_run(jsonb), planning.read_run_specification(jsonb), planning.begin_shard(jsonb), planning.complete_shard(jsonb),
  planning.read_run_shards(jsonb), planning.finish_run(jsonb), planning.fail_run(jsonb), operations.act_for(jsonb), operations.part_of(bytea, integer);
--> statement-breakpoint
drop policy own_rows_readable_by_functions on planning.plans;
--> statement-breakpoint
drop policy own_rows_marked_by_functions on planning.plans;
--> statement-breakpoint
drop policy own_rows_readable_by_functions on planning.plan_inputs;
--> statement-breakpoint
drop policy own_rows_readable_by_functions on planning.capital_market_assumptions;
--> statement-breakpoint
drop policy own_rows_readable_by_functions on planning.portfolio_models;
--> statement-breakpoint
drop policy own_rows_of_functions on planning.runs;
--> statement-breakpoint
drop policy own_rows_of_functions on operations.idempotency_keys;
--> statement-breakpoint
drop policy abandoned_runs_failed on planning.runs;
--> statement-breakpoint
revoke select (id, status, created_at), update (status, error, finished_at) on planning.runs from nestegg_operator;
--> statement-breakpoint
drop policy own_rows_added_by_functions on planning.plan_outputs;
--> statement-breakpoint
drop table planning.run_shards;
--> statement-breakpoint
alter table planning.runs no force row level security;
--> statement-breakpoint
-- Runs that have no result have no place in what comes back.
delete from planning.runs where status <> 'succeeded';
--> statement-breakpoint
alter table planning.runs force row level security;
--> statement-breakpoint
alter table planning.runs drop constraint runs_status_known, drop constraint runs_result_of_success, drop constraint runs_finished_at_end;
--> statement-breakpoint
alter table planning.runs alter column output_hash set not null, alter column result set not null, alter column computation_time_ms set not null;
--> statement-breakpoint
alter table planning.runs drop column error, drop column started_at, drop column finished_at;
--> statement-breakpoint
alter table planning.runs add constraint runs_status_known check (status in ('succeeded', 'failed'));
