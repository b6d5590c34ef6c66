CREATE TABLE `batch` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_code` text NOT NULL,
	`source` text NOT NULL,
	`file_hash` text NOT NULL,
	`sealed` text NOT NULL,
	`columns` text,
	`rows` integer NOT NULL,
	`last_row` integer NOT NULL,
	`stored_up_to` integer DEFAULT 0 NOT NULL,
	`checked_up_to` integer DEFAULT 0 NOT NULL,
	`applied_up_to` integer DEFAULT 0 NOT NULL,
	`new_rows` integer DEFAULT 0 NOT NULL,
	`known_rows` integer DEFAULT 0 NOT NULL,
	`conflicting_rows` integer DEFAULT 0 NOT NULL,
	`rejected_rows` integer DEFAULT 0 NOT NULL,
	`answered_rows` integer DEFAULT 0 NOT NULL,
	`found_rows` integer DEFAULT 0 NOT NULL,
	`by` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`confirmed_at` integer,
	`finished_at` integer,
	`withdrawn_at` integer,
	`sealed_off_up_to` integer DEFAULT 0 NOT NULL,
	`sealed_off_at` integer,
	`version` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`unit_code`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `batch_by_file` ON `batch` (`unit_code`,`file_hash`) WHERE withdrawn_at IS NULL;--> statement-breakpoint
CREATE INDEX `batch_by_unit` ON `batch` (`unit_code`,`recorded_at`);--> statement-breakpoint
CREATE INDEX `batch_open` ON `batch` (`recorded_at`) WHERE finished_at IS NULL AND withdrawn_at IS NULL;--> statement-breakpoint
CREATE INDEX `batch_to_seal_off` ON `batch` (`recorded_at`) WHERE sealed_off_at IS NULL AND (finished_at IS NOT NULL OR withdrawn_at IS NOT NULL);--> statement-breakpoint
CREATE TABLE `batch_row` (
	`batch_id` text NOT NULL,
	`row` integer NOT NULL,
	`sealed` text NOT NULL,
	`result` text,
	`faults` text DEFAULT '[]' NOT NULL,
	`unit_code` text,
	`id_index` text,
	`phone_index` text,
	`name_index` text,
	`person_id` text,
	`outcome` text,
	`outcome_sealed` text,
	`outcome_at` integer,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`batch_id`, `row`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `batch_row_by_result` ON `batch_row` (`batch_id`,`result`,`row`) WHERE result IS NOT NULL;--> statement-breakpoint
CREATE INDEX `batch_row_open` ON `batch_row` (`batch_id`,`row`) WHERE result = 'new' AND outcome IS NULL;--> statement-breakpoint
CREATE INDEX `batch_row_by_id` ON `batch_row` (`id_index`) WHERE id_index IS NOT NULL;--> statement-breakpoint
CREATE INDEX `batch_row_by_phone` ON `batch_row` (`phone_index`,`name_index`) WHERE phone_index IS NOT NULL;--> statement-breakpoint
CREATE TABLE `bureau_columns` (
	`source` text NOT NULL,
	`headings_hash` text NOT NULL,
	`columns` text NOT NULL,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`source`, `headings_hash`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `letter` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_code` text NOT NULL,
	`household_id` text NOT NULL,
	`home_code` text NOT NULL,
	`sealed` text NOT NULL,
	`link_nonce` text NOT NULL,
	`by` text NOT NULL,
	`due_at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`received_at` integer,
	`answered_at` integer,
	`withdrawn_at` integer,
	FOREIGN KEY (`unit_code`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `letter_by_unit` ON `letter` (`unit_code`,`recorded_at`);--> statement-breakpoint
CREATE INDEX `letter_by_household` ON `letter` (`household_id`);--> statement-breakpoint
CREATE TABLE `letter_answer` (
	`letter_id` text NOT NULL,
	`version` integer NOT NULL,
	`kind` text NOT NULL,
	`door` text NOT NULL,
	`sealed` text NOT NULL,
	`client_id` text,
	`recorded_at` integer NOT NULL,
	`posted_at` integer,
	PRIMARY KEY(`letter_id`, `version`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `received_letter` (
	`nonce` text PRIMARY KEY NOT NULL,
	`household_id` text NOT NULL,
	`unit_code` text NOT NULL,
	`number` text NOT NULL,
	`sealed` text NOT NULL,
	`due_at` integer NOT NULL,
	`by` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`answered_at` integer,
	FOREIGN KEY (`unit_code`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `received_letter_by_household` ON `received_letter` (`household_id`);--> statement-breakpoint
CREATE INDEX `received_letter_by_unit` ON `received_letter` (`unit_code`,`recorded_at`);