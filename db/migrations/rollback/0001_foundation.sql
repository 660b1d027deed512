drop table planning.plan_outputs, planning.runs, planning.plan_inputs, planning.plans, planning.portfolio_models, planning.capital_market_assumptions;
--> statement-breakpoint
drop table market.annual_returns, market.return_datasets;
--> statement-breakpoint
drop table operations.idempotency_keys, operations.job_runs;
--> statement-breakpoint
drop table identity.households, identity.preferences, identity.users;
