drop index wealth.wash_sales_household;
--> statement-breakpoint
create index wash_sales_household on wealth.wash_sales (household_id, replaced_on);
--> statement-breakpoint
revoke update (account_id, symbol, origin, acquired_on, holding_from, long_term_on, quantity, cost_basis, wash_adjustment, loss_basis) on wealth.tax_lots
  from nestegg_write, nestegg_operator;
--> statement-breakpoint
revoke update (account_id, symbol, kind, opening_id, origin, quantity, acquired_on, holding_from, closed_on, term, proceeds, cost_basis, disallowed_loss)
  on wealth.lot_closings from nestegg_write, nestegg_operator;
--> statement-breakpoint
revoke update (replacement_id, account_id, symbol, replaced_on, quantity, disallowed_loss, is_lost) on wealth.wash_sales
  from nestegg_write, nestegg_operator;
--> statement-breakpoint
revoke update (account_id, symbol, quantity) on wealth.lot_problems from nestegg_write, nestegg_operator;
