select operations.leave_unerased(array['wealth.tax_year_people', 'wealth.tax_years']);
--> statement-breakpoint
drop table wealth.tax_year_people, wealth.tax_years;
--> statement-breakpoint
alter table wealth.investment_transactions drop column contribution_source, drop column contributor_id;
--> statement-breakpoint
alter table wealth.accounts drop column designated_beneficiary_id;
