select operations.leave_unerased(array['wealth.wash_sales', 'wealth.lot_closings', 'wealth.tax_lots', 'wealth.lot_problems', 'wealth.lot_choices',
  'wealth.lot_elections', 'wealth.identical_securities', 'wealth.lot_changes']);
--> statement-breakpoint
drop trigger note_lots_of_account on wealth.accounts;
--> statement-breakpoint
drop trigger note_lots_of_transaction on wealth.transactions;
--> statement-breakpoint
drop trigger note_added_lots on wealth.investment_transactions;
--> statement-breakpoint
drop trigger note_removed_lots on wealth.investment_transactions;
--> statement-breakpoint
drop function wealth.note_lots_of_account(), wealth.note_lots_of_transaction(), wealth.note_changed_lots();
--> statement-breakpoint
drop table wealth.wash_sales, wealth.lot_closings, wealth.tax_lots, wealth.lot_problems, wealth.lot_choices, wealth.lot_elections, wealth.identical_securities,
  wealth.lot_changes;
--> statement-breakpoint
drop function wealth.note_lots_of_election(), wealth.note_lots_of_choice(), wealth.note_lots_of_pair();
--> statement-breakpoint
drop index wealth.investment_transactions_household;
--> statement-breakpoint
create index investment_transactions_household on wealth.investment_transactions (household_id);
--> statement-breakpoint
alter table wealth.investment_transactions drop constraint investment_transactions_fees_not_negative;
--> statement-breakpoint
alter table wealth.investment_transactions drop column lot_origin, drop column cost_basis, drop column basis_share;
--> statement-breakpoint
alter table wealth.investment_transactions add constraint investment_transactions_fees_not_negative check (least("wealth"."investment_transactions"."commission", "wealth"."investment_transactions"."regulatory_fees", "wealth"."investment_transactions"."other_fees", "wealth"."investment_transactions"."load", "wealth"."investment_transactions"."penalty", "wealth"."investment_transactions"."taxes", "wealth"."investment_transactions"."tax_withheld", "wealth"."investment_transactions"."state_tax_withheld", "wealth"."investment_transactions"."value") >= 0);
--> statement-breakpoint
-- The version before knows no dividends in shares.
update wealth.transactions set type = 'split' where type = 'stock_dividend';
--> statement-breakpoint
alter table wealth.transactions drop constraint transactions_type_known, drop constraint transactions_amount_not_zero;
--> statement-breakpoint
alter table wealth.transactions add constraint transactions_type_known check ("wealth"."transactions"."type" in ('cash', 'buy', 'sell', 'short', 'cover', 'dividend', 'reinvestment', 'interest', 'fee', 'contribution', 'withdrawal', 'transfer_in', 'transfer_out', 'split', 'merger', 'spin_off', 'symbol_change', 'return_of_capital'));
--> statement-breakpoint
alter table wealth.transactions add constraint transactions_amount_not_zero check ("wealth"."transactions"."amount" <> 0 or "wealth"."transactions"."type" in ('transfer_in', 'transfer_out', 'reinvestment', 'split', 'merger', 'spin_off', 'symbol_change'));
