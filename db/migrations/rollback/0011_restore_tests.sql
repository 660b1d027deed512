-- The record of a test stays, by a name that the platform of before knows.
alter table operations.restores no force row level security;
--> statement-breakpoint
update operations.restores set kind = 'drill' where kind = 'restore-test';
--> statement-breakpoint
alter table operations.restores force row level security;
--> statement-breakpoint
alter table operations.restores drop constraint restores_kind_known;
--> statement-breakpoint
alter table operations.restores add constraint restores_kind_known check (kind in ('verification', 'drill', 'full', 'tables', 'point-in-time'));
