drop function planning.read_run_material(jsonb), planning.queue_run(jsonb), planning.read_run_specification(jsonb), planning.read_stored_run(jsonb), planning.begin_shard(jsonb),
  planning.complete_shard(jsonb), planning.read_run_shards(jsonb), planning.finish_run(jsonb), planning.fail_run(jsonb);
--> statement-breakpoint
drop function planning.stored_records(uuid), planning.record_hash(planning.runs), planning.record_hash(planning.plan_outputs);
--> statement-breakpoint
drop table planning.plan_outputs, planning.run_shards, planning.runs, planning.plan_versions, planning.plan_inputs, planning.plans,
  planning.portfolio_models, planning.capital_market_assumptions;
--> statement-breakpoint
drop function planning.seal_record();
