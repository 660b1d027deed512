drop index wealth.investment_transactions_household;
--> statement-breakpoint
-- The name under which tax lots are kept. PostgreSQL takes coalesce for a function that could leak rows, so that below row-level security an index on it is not used.
create index investment_transactions_household on wealth.investment_transactions
  (household_id, (case when symbol is not null then symbol when security_id is not null then security_id else security_name end));
--> statement-breakpoint
create index investment_transactions_links on wealth.investment_transactions (household_id) where new_symbol is not null;
