drop index wealth.investment_transactions_household;
--> statement-breakpoint
create index investment_transactions_household on wealth.investment_transactions (household_id, coalesce(symbol, security_id, security_name));
--> statement-breakpoint
drop index wealth.investment_transactions_links;
