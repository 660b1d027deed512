ALTER TABLE "operations"."restores" DROP CONSTRAINT "restores_kind_known";
--> statement-breakpoint
ALTER TABLE "operations"."restores" ADD CONSTRAINT "restores_kind_known" CHECK ("operations"."restores"."kind" in ('verification', 'drill', 'full', 'tables', 'point-in-time', 'restore-test'));
