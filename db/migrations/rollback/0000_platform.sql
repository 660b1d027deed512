drop function operations.protect_table(regclass, text, text, boolean, boolean, boolean, text[]), operations.guard_table(regclass, boolean, boolean, text[]),
  operations.refer_within_household(), operations.refuse_other_household(), operations.audit_change(), operations.stamp_row(),
  operations.begin_checks(jsonb), operations.is_checking(), operations.acting_household_id(), operations.current_user_id(), operations.signed_request(bytea), operations.signed_id(bytea, text),
  operations.begin_as(text, uuid, jsonb), operations.refuse_second_identity(), operations.is_begun(), operations.mark_begun(),
  operations.set_identity(bytea, text, uuid, text), operations.identity_signature(bytea, text, text, text),
  operations.instant_text(timestamptz), operations.uuid_v7();
--> statement-breakpoint
drop table operations.identity_key;
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
revoke select on drizzle.__drizzle_migrations from nestegg_operator;
--> statement-breakpoint
revoke usage on schema drizzle from nestegg_operator;
--> statement-breakpoint
alter default privileges grant execute on functions to public;
--> statement-breakpoint
alter default privileges revoke select on sequences from nestegg_backup;
--> statement-breakpoint
alter default privileges revoke select on tables from nestegg_backup;
