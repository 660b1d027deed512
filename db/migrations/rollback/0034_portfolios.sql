select operations.leave_unerased(array['wealth.security_classes', 'wealth.portfolio_versions', 'wealth.portfolio_accounts', 'wealth.portfolios']);
--> statement-breakpoint
drop table wealth.security_classes, wealth.portfolio_versions, wealth.portfolio_accounts, wealth.portfolios;
--> statement-breakpoint
alter table market.instruments drop column composition, drop column composition_date;
