-- Without them, removing market assumptions or a portfolio model reads every plan.
create index plans_cma on planning.plans (cma_id);
--> statement-breakpoint
create index plans_portfolio_model on planning.plans (portfolio_model_id);
