select operations.leave_unerased(array['wealth.account_values', 'wealth.value_states', 'wealth.value_histories', 'wealth.value_changes']);
--> statement-breakpoint
drop trigger note_added_values on wealth.transactions;
--> statement-breakpoint
drop trigger note_changed_values on wealth.transactions;
--> statement-breakpoint
drop trigger note_removed_values on wealth.transactions;
--> statement-breakpoint
drop trigger note_values_of_added_securities on wealth.investment_transactions;
--> statement-breakpoint
drop trigger note_values_of_changed_securities on wealth.investment_transactions;
--> statement-breakpoint
drop trigger note_values_of_removed_securities on wealth.investment_transactions;
--> statement-breakpoint
drop trigger note_added_statements on wealth.account_valuations;
--> statement-breakpoint
drop trigger note_statements_before on wealth.account_valuations;
--> statement-breakpoint
drop trigger note_statements_after on wealth.account_valuations;
--> statement-breakpoint
drop trigger note_removed_statements on wealth.account_valuations;
--> statement-breakpoint
drop trigger note_values_of_new_account on wealth.accounts;
--> statement-breakpoint
drop trigger note_values_of_removed_account on wealth.accounts;
--> statement-breakpoint
drop trigger note_values_of_changed_account on wealth.accounts;
--> statement-breakpoint
drop trigger note_values_of_household on identity.households;
--> statement-breakpoint
drop trigger note_changed_prices on market.stale_ranges;
--> statement-breakpoint
drop trigger note_added_rates on market.fx_rates;
--> statement-breakpoint
drop trigger note_changed_rates on market.fx_rates;
--> statement-breakpoint
drop function wealth.note_added_values(), wealth.note_changed_values(), wealth.note_removed_values(), wealth.note_values_of_securities(),
  wealth.note_stated_values(), wealth.note_values_of_account(), wealth.note_values_of_household(), market.note_changed_prices(),
  market.note_changed_rates(), market.revise_prices(text[], date[]);
--> statement-breakpoint
drop table wealth.account_values, wealth.value_states, wealth.value_histories, wealth.value_changes, market.price_changes, market.price_revisions;
--> statement-breakpoint
drop index wealth.transactions_transfer_halves;
