drop table planning.plan_versions;
--> statement-breakpoint
alter table planning.capital_market_assumptions drop column status, drop column effective_until, drop column approved_at;
