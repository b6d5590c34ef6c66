CREATE TABLE `duplicate_candidate` (
	`person_id` text NOT NULL,
	`other_id` text NOT NULL,
	`why` text NOT NULL,
	`unit_code` text NOT NULL,
	`other_unit_code` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`settled_at` integer,
	PRIMARY KEY(`person_id`, `other_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `duplicate_candidate_by_other` ON `duplicate_candidate` (`other_id`);--> statement-breakpoint
CREATE INDEX `duplicate_open` ON `duplicate_candidate` (`recorded_at`,`person_id`,`other_id`) WHERE settled_at IS NULL;--> statement-breakpoint
CREATE INDEX `duplicate_open_by_unit` ON `duplicate_candidate` (`unit_code`,`recorded_at`) WHERE settled_at IS NULL;--> statement-breakpoint
CREATE INDEX `duplicate_settled` ON `duplicate_candidate` (`settled_at`,`person_id`,`other_id`) WHERE settled_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `duplicate_settled_by_unit` ON `duplicate_candidate` (`unit_code`,`settled_at`) WHERE settled_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `duplicate_finding` (
	`person_id` text NOT NULL,
	`other_id` text NOT NULL,
	`version` integer NOT NULL,
	`finding` text NOT NULL,
	`unit_code` text NOT NULL,
	`by` text NOT NULL,
	`sealed` text,
	`recorded_at` integer NOT NULL,
	`undone_at` integer,
	`undone_by` text,
	PRIMARY KEY(`person_id`, `other_id`, `version`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `duplicate_finding_same` ON `duplicate_finding` (`person_id`) WHERE finding = 'same' AND undone_at IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `duplicate_finding_pair` ON `duplicate_finding` (`person_id`,`other_id`) WHERE undone_at IS NULL;--> statement-breakpoint
CREATE INDEX `duplicate_finding_by_other` ON `duplicate_finding` (`other_id`);--> statement-breakpoint
CREATE TABLE `record` (
	`id` text PRIMARY KEY NOT NULL,
	`form` text NOT NULL,
	`unit_code` text NOT NULL,
	`submission_id` text NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`subject_index` text,
	`facts` text NOT NULL,
	`sealed` text,
	`counted` text NOT NULL,
	`owed_id` text,
	`household_id` text,
	`occurred_at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`due_at` integer,
	`touched_at` integer NOT NULL,
	`ended_at` integer,
	`sealed_off_at` integer,
	FOREIGN KEY (`unit_code`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `record_by_unit` ON `record` (`form`,`unit_code`,`occurred_at`);--> statement-breakpoint
CREATE INDEX `record_open` ON `record` (`form`,`unit_code`,`due_at`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE INDEX `record_by_subject` ON `record` (`subject_index`,`occurred_at`) WHERE subject_index IS NOT NULL;--> statement-breakpoint
CREATE INDEX `record_to_seal_off` ON `record` (`ended_at`) WHERE ended_at IS NOT NULL AND sealed_off_at IS NULL;--> statement-breakpoint
CREATE INDEX `record_quiet` ON `record` (`touched_at`) WHERE ended_at IS NULL AND owed_id IS NULL AND sealed_off_at IS NULL;--> statement-breakpoint
CREATE TABLE `record_event` (
	`form` text NOT NULL,
	`unit_code` text NOT NULL,
	`seq` integer NOT NULL,
	`record_id` text NOT NULL,
	`version` integer NOT NULL,
	`step` text NOT NULL,
	`actor` text NOT NULL,
	`submission_id` text,
	`facts` text NOT NULL,
	`sealed` text,
	`totals` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`form`, `unit_code`, `seq`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `record_event_by_record` ON `record_event` (`record_id`,`version`);--> statement-breakpoint
CREATE TABLE `walk` (
	`name` text PRIMARY KEY NOT NULL,
	`position` text NOT NULL,
	`recorded_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
DROP INDEX `batch_to_seal_off`;--> statement-breakpoint
ALTER TABLE `batch` ADD `closed_at` integer;--> statement-breakpoint
ALTER TABLE `batch` ADD `closed_sealed` text;--> statement-breakpoint
CREATE INDEX `batch_to_seal_off` ON `batch` ((CASE WHEN withdrawn_at IS NOT NULL THEN 0 WHEN finished_at IS NOT NULL THEN finished_at WHEN confirmed_at IS NULL THEN recorded_at END)) WHERE sealed_off_at IS NULL;--> statement-breakpoint
ALTER TABLE `batch_row` ADD `settled_at` integer;--> statement-breakpoint
ALTER TABLE `batch_row` ADD `settled_sealed` text;