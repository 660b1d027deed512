select operations.leave_unerased(array['planning.plan_month_ends']);
--> statement-breakpoint
drop table planning.plan_month_ends;
--> statement-breakpoint
alter table planning.plans drop column follows_accounts;
--> statement-breakpoint
revoke update (as_of_date, planning_horizon_years, version, last_run_at) on planning.plans from nestegg_operator;
--> statement-breakpoint
revoke insert, update (superseded_by, removed_at) on planning.plan_inputs from nestegg_operator;
--> statement-breakpoint
revoke insert on planning.plan_versions, planning.runs, planning.plan_outputs from nestegg_operator;
--> statement-breakpoint
revoke execute on function planning.record_hash(planning.runs), planning.record_hash(planning.plan_outputs) from nestegg_operator;
