drop index planning.plans_portfolio_model;
--> statement-breakpoint
drop index planning.plans_cma;
