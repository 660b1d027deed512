drop function operations.unprotect_table(regclass);
--> statement-breakpoint
drop function operations.protect_table(regclass, text, boolean, boolean, boolean, text[]);
--> statement-breakpoint
drop function operations.audit_change();
--> statement-breakpoint
drop function operations.stamp_row();
--> statement-breakpoint
drop function operations.current_user_id();
--> statement-breakpoint
drop function operations.uuid_v7();
--> statement-breakpoint
drop schema identity;
--> statement-breakpoint
drop schema planning;
--> statement-breakpoint
drop schema wealth;
--> statement-breakpoint
drop schema cashflow;
--> statement-breakpoint
drop schema market;
--> statement-breakpoint
drop schema trading;
--> statement-breakpoint
drop schema operations;
--> statement-breakpoint
alter default privileges grant execute on functions to public;
