drop function wealth.remove_imported(uuid);
--> statement-breakpoint
alter table wealth.transactions drop constraint transactions_import_fk;
--> statement-breakpoint
drop table wealth.import_profiles;
--> statement-breakpoint
drop table wealth.import_parts;
--> statement-breakpoint
drop table wealth.imports;
--> statement-breakpoint
alter table wealth.investment_transactions drop constraint investment_transactions_fees_not_negative;
--> statement-breakpoint
alter table wealth.investment_transactions drop column acquired_date, drop column value, drop column state_tax_withheld, drop column taxes,
  drop column penalty, drop column load, alter column price type numeric(24, 10), alter column quantity type numeric(24, 10);
--> statement-breakpoint
alter table wealth.investment_transactions add constraint investment_transactions_fees_not_negative
  check (least(commission, regulatory_fees, other_fees, tax_withheld) >= 0);
