-- A calculation updates the rows that have changed: fewer keys to check than where they are deleted and inserted.
grant update (account_id, symbol, origin, acquired_on, holding_from, long_term_on, quantity, cost_basis, wash_adjustment, loss_basis) on wealth.tax_lots
  to nestegg_write, nestegg_operator;
--> statement-breakpoint
grant update (account_id, symbol, kind, opening_id, origin, quantity, acquired_on, holding_from, closed_on, term, proceeds, cost_basis, disallowed_loss)
  on wealth.lot_closings to nestegg_write, nestegg_operator;
--> statement-breakpoint
grant update (replacement_id, account_id, symbol, replaced_on, quantity, disallowed_loss, is_lost) on wealth.wash_sales to nestegg_write, nestegg_operator;
--> statement-breakpoint
grant update (account_id, symbol, quantity) on wealth.lot_problems to nestegg_write, nestegg_operator;
--> statement-breakpoint
-- The rows of a security are looked up; no query asks for the days of replacements.
drop index wealth.wash_sales_household;
--> statement-breakpoint
create index wash_sales_household on wealth.wash_sales (household_id, symbol);
