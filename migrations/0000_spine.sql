CREATE TABLE `alert` (
	`obligation_id` text NOT NULL,
	`outbox_id` text NOT NULL,
	`kind` text NOT NULL,
	`step` integer NOT NULL,
	`contact_id` text NOT NULL,
	`due_at` integer DEFAULT 0 NOT NULL,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`obligation_id`, `due_at`, `outbox_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `alert_by_outbox` ON `alert` (`outbox_id`);--> statement-breakpoint
CREATE TABLE `api_key` (
	`key_hash` text PRIMARY KEY NOT NULL,
	`scope` text NOT NULL,
	`label` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`scope`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `audit` (
	`id` text PRIMARY KEY NOT NULL,
	`actor` text NOT NULL,
	`act` text NOT NULL,
	`subject_id` text NOT NULL,
	`unit_code` text NOT NULL,
	`recorded_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `audit_by_subject` ON `audit` (`subject_id`,`recorded_at`);--> statement-breakpoint
CREATE TABLE `care_role` (
	`household_id` text NOT NULL,
	`role` text NOT NULL,
	`version` integer NOT NULL,
	`contact_id` text,
	`sealed` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`removed_at` integer,
	PRIMARY KEY(`household_id`, `role`, `version`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `contact` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_code` text NOT NULL,
	`role` text NOT NULL,
	`lang` text NOT NULL,
	`address_index` text NOT NULL,
	`sealed` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`unit_code`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `contact_by_unit` ON `contact` (`unit_code`,`role`,`address_index`);--> statement-breakpoint
CREATE INDEX `contact_live` ON `contact` (`unit_code`,`removed_at`,`role`,`id`);--> statement-breakpoint
CREATE TABLE `dev_mail` (
	`id` text PRIMARY KEY NOT NULL,
	`sealed` text NOT NULL,
	`recorded_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `excuse` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_code` text NOT NULL,
	`form` text NOT NULL,
	`from_date` text NOT NULL,
	`to_date` text NOT NULL,
	`sealed` text NOT NULL,
	`recorded_at` integer NOT NULL,
	FOREIGN KEY (`unit_code`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `excuse_by_unit` ON `excuse` (`unit_code`,`from_date`);--> statement-breakpoint
CREATE TABLE `heartbeat` (
	`job` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`detail` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `household` (
	`id` text PRIMARY KEY NOT NULL,
	`submission_id` text NOT NULL,
	`unit_code` text NOT NULL,
	`posting_point_id` text,
	`filled_by` text NOT NULL,
	`source` text NOT NULL,
	`origin` text NOT NULL,
	`transit_wuhan` integer NOT NULL,
	`left_on` text,
	`arrived_at` integer NOT NULL,
	`phone_index` text,
	`same_phone_as` text,
	`persons` integer NOT NULL,
	`sealed` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`verify_due_at` integer NOT NULL,
	`verified_at` integer,
	`verified_recorded_at` integer,
	`verify_outcome` text,
	`verify_sealed` text,
	FOREIGN KEY (`unit_code`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `household_by_phone` ON `household` (`phone_index`,`recorded_at`) WHERE phone_index IS NOT NULL;--> statement-breakpoint
CREATE INDEX `household_by_unit` ON `household` (`unit_code`,`recorded_at`);--> statement-breakpoint
CREATE TABLE `link` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`unit_code` text NOT NULL,
	`subject_id` text,
	`nonce` text,
	`recorded_at` integer NOT NULL,
	`expires_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`unit_code`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `link_by_unit` ON `link` (`unit_code`,`purpose`) WHERE nonce IS NOT NULL;--> statement-breakpoint
CREATE TABLE `obligation` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`unit_code` text NOT NULL,
	`subject_id` text NOT NULL,
	`opened_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`step` integer DEFAULT 0 NOT NULL,
	`version` integer DEFAULT 0 NOT NULL,
	`next_due_at` integer,
	`met_at` integer,
	`met_recorded_at` integer,
	`excused_at` integer,
	`recorded_at` integer NOT NULL,
	FOREIGN KEY (`unit_code`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `obligation_next_due` ON `obligation` (`next_due_at`,`id`) WHERE next_due_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `obligation_open_by_unit` ON `obligation` (`unit_code`,`due_at`) WHERE met_at IS NULL AND excused_at IS NULL AND kind <> 'follow-up';--> statement-breakpoint
CREATE TABLE `observation` (
	`id` text PRIMARY KEY NOT NULL,
	`household_id` text NOT NULL,
	`unit_code` text NOT NULL,
	`returnee` integer NOT NULL,
	`kind` text NOT NULL,
	`day0` text NOT NULL,
	`day0_rule` text NOT NULL,
	`day0_evidence` text NOT NULL,
	`until_date` text NOT NULL,
	`first_slot` text NOT NULL,
	`last_slot` text NOT NULL,
	`first_due_at` integer NOT NULL,
	`planned_due_at` integer NOT NULL,
	`last_due_at` integer,
	`held_at` integer,
	`opened_at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`measures_ack_at` integer,
	`ended_at` integer,
	`ended_recorded_at` integer,
	`ending` text,
	`release_index` text,
	`sealed` text NOT NULL,
	`end_sealed` text,
	FOREIGN KEY (`unit_code`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `observation_open` ON `observation` (`unit_code`,`id`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE INDEX `observation_by_unit` ON `observation` (`unit_code`,`recorded_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `observation_by_release` ON `observation` (`release_index`) WHERE release_index IS NOT NULL;--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`contact_id` text NOT NULL,
	`unit_code` text NOT NULL,
	`sweep_id` text NOT NULL,
	`state` text NOT NULL,
	`ready_at` integer NOT NULL,
	`batch_id` text,
	`message_id` text,
	`problem` text,
	`recorded_at` integer NOT NULL,
	`sent_at` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `outbox_ready` ON `outbox` (`ready_at`,`id`) WHERE state = 'ready';--> statement-breakpoint
CREATE INDEX `outbox_by_batch` ON `outbox` (`batch_id`) WHERE batch_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `outbox_batch` (
	`id` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`sealed` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`first_attempt_at` integer,
	`next_attempt_at` integer,
	`lease_until` integer,
	`lease_id` text,
	`problem` text,
	`recorded_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `outbox_batch_open` ON `outbox_batch` (`next_attempt_at`) WHERE state IN ('claimed', 'frozen');--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`household_id` text NOT NULL,
	`unit_code` text NOT NULL,
	`origin` text NOT NULL,
	`returnee` integer NOT NULL,
	`area` integer NOT NULL,
	`contact` integer NOT NULL,
	`symptoms` integer NOT NULL,
	`temperature` integer,
	`symptomatic` integer NOT NULL,
	`id_index` text,
	`duplicate_of` text,
	`sealed` text NOT NULL,
	`recorded_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `person_by_id` ON `person` (`id_index`,`recorded_at`) WHERE id_index IS NOT NULL;--> statement-breakpoint
CREATE INDEX `person_by_unit` ON `person` (`unit_code`,`recorded_at`);--> statement-breakpoint
CREATE INDEX `person_ill_again` ON `person` (`recorded_at`,`duplicate_of`) WHERE duplicate_of IS NOT NULL AND symptomatic = 1;--> statement-breakpoint
CREATE TABLE `placement` (
	`observation_id` text NOT NULL,
	`version` integer NOT NULL,
	`kind` text NOT NULL,
	`occurred_at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`observation_id`, `version`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `posting_point` (
	`id` text PRIMARY KEY NOT NULL,
	`unit_code` text NOT NULL,
	`name` text NOT NULL,
	`recorded_at` integer NOT NULL,
	FOREIGN KEY (`unit_code`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `reading` (
	`due_at` integer NOT NULL,
	`observation_id` text NOT NULL,
	`version` integer NOT NULL,
	`slot` text NOT NULL,
	`temperature` integer NOT NULL,
	`symptoms` integer NOT NULL,
	`needs_help` integer NOT NULL,
	`abnormal` integer NOT NULL,
	`late` integer NOT NULL,
	`door` text NOT NULL,
	`submission_id` text NOT NULL,
	`taken_at` integer NOT NULL,
	`recorded_at` integer NOT NULL,
	`sealed` text,
	PRIMARY KEY(`due_at`, `observation_id`, `version`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `report` (
	`form` text NOT NULL,
	`date` text NOT NULL,
	`unit_code` text NOT NULL,
	`version` integer NOT NULL,
	`submission_id` text NOT NULL,
	`zero` integer NOT NULL,
	`counts` text NOT NULL,
	`known` text NOT NULL,
	`sealed` text,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`form`, `date`, `unit_code`, `version`),
	FOREIGN KEY (`unit_code`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `response` (
	`obligation_id` text PRIMARY KEY NOT NULL,
	`sealed` text NOT NULL,
	`recorded_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `signal` (
	`unit_code` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`subject_id` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`unit_code`, `recorded_at`, `subject_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `submission` (
	`id` text PRIMARY KEY NOT NULL,
	`form` text NOT NULL,
	`form_version` integer NOT NULL,
	`door` text NOT NULL,
	`content_hash` text NOT NULL,
	`subject_id` text NOT NULL,
	`recorded_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tip` (
	`id` text PRIMARY KEY NOT NULL,
	`code_hash` text NOT NULL,
	`unit_code` text NOT NULL,
	`category` text NOT NULL,
	`sealed` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`verify_due_at` integer NOT NULL,
	`verified_at` integer,
	`verified_recorded_at` integer,
	`outcome` text,
	`answer_sealed` text,
	`verify_sealed` text,
	FOREIGN KEY (`unit_code`) REFERENCES `unit`(`code`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `tip_by_code` ON `tip` (`code_hash`);--> statement-breakpoint
CREATE INDEX `tip_by_unit` ON `tip` (`unit_code`,`recorded_at`);--> statement-breakpoint
CREATE TABLE `tip_message` (
	`id` text PRIMARY KEY NOT NULL,
	`tip_id` text NOT NULL,
	`author` text NOT NULL,
	`sealed` text NOT NULL,
	`recorded_at` integer NOT NULL,
	FOREIGN KEY (`tip_id`) REFERENCES `tip`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `tip_message_by_tip` ON `tip_message` (`tip_id`,`recorded_at`);--> statement-breakpoint
CREATE TABLE `transition` (
	`obligation_id` text NOT NULL,
	`from_version` integer NOT NULL,
	`sweep_id` text NOT NULL,
	`kind` text NOT NULL,
	`step` integer NOT NULL,
	`to_unit` text,
	`to_grid` integer DEFAULT false NOT NULL,
	`due_at` integer NOT NULL,
	`owed_at` integer DEFAULT 0 NOT NULL,
	`recorded_at` integer NOT NULL,
	PRIMARY KEY(`obligation_id`, `from_version`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `transition_by_sweep` ON `transition` (`sweep_id`,`to_unit`,`to_grid`);--> statement-breakpoint
CREATE TABLE `unit` (
	`code` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`parent` text,
	`recorded_at` integer NOT NULL,
	`closed_at` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `unit_by_parent` ON `unit` (`parent`,`code`);