// Made by `npm run generate` from openapi/. Do not edit.
/* eslint-disable */
export interface paths {
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the caller
         * @description The authenticated caller. The cheapest way to check a credential.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what I may call
         * @description The operations that the contract and the scopes of the credential allow its caller, as of now: what a page offers. A call can still be refused for the resource that it names, or for a role that it grants.
         */
        get: operations["listMyOperations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my consents
         * @description The grants of the caller at the authority, with the scopes of this API.
         */
        get: operations["listConsents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/consents/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Withdraw a consent
         * @description The app's tokens for the caller are refused by every API process within a second of this answer, whatever their remaining
         *     lifetime, and its refresh tokens become useless. After a 204, a new consent works immediately. A 202 means that the app's
         *     tokens are refused already, and that its grant at the authority will be deleted soon.
         */
        delete: operations["withdrawConsent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List or search users, or look one up by email
         * @description The users of the caller's tenant that match every filter, oldest first. With `email`, the user or users with exactly that email.
         *     A new user is found by id and by email immediately, and in the list once the authority's search index contains it (seconds).
         *     The authority returns at most 1,000 users for one search. The cursor continues beyond that, by creation date; `exceeds_search_limit`
         *     says when this is necessary.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Create a user
         * @description Creates a user in the caller's tenant. No mail is sent. Without a password the user sets one by a password reset. Granting a role needs
         *     every scope of it; an app can grant only read-only roles.
         */
        post: operations["createUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a user
         * @description A user of the caller's tenant. A user may always read itself, whatever its roles.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        /**
         * Delete a user
         * @description Permanent, with all data that the authority stores about the user. The caller needs every scope of the user's roles. The user's access tokens are refused by every API process within a second. A person who uses the account in other organizations, too, is removed from the tenant only: the account, and the person's access elsewhere, stay.
         */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        /**
         * Change a user
         * @description Changes the named members only. `null` removes a value. Members of `user_metadata` are merged at the first
         *     level. A `blocked` user cannot sign in. A new email is unverified unless `email_verified` says otherwise; no mail is sent.
         *     Roles are changed with `PUT /v1/users/{user_id}/roles`. The caller needs every scope of the user's roles. A blocked user is
         *     refused by every API process within a second, whatever access tokens it has. An account that the person uses in other
         *     organizations, too, is not changed (`user_shared`).
         */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/v1/users/{user_id}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a user's roles
         * @description The roles of a user in this API. A user may always read its own.
         */
        get: operations["getUserRoles"];
        /**
         * Replace a user's roles
         * @description Replaces those of the user's roles that the tenant may assign. Roles that the tenant may not assign
         *     stay unchanged. The caller needs every scope of the user's old and new roles. The user's permissions change at every API
         *     process within a second, whatever its access tokens say. In a tenant that is an organization, these are the user's roles in this tenant;
         *     those elsewhere stay.
         */
        put: operations["replaceUserRoles"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a user's sessions
         * @description Where the user is signed in at the authority, the first 100 sessions. The caller needs every scope of the user's roles. Sessions of an
         *     account that the person uses in other organizations, too, are not shown (`user_shared`). Auth0 has this on Enterprise plans; elsewhere
         *     the answer is `not_in_plan`.
         */
        get: operations["listUserSessions"];
        put?: never;
        post?: never;
        /**
         * Sign a user out everywhere
         * @description Ends all sessions of the user at the authority, and all refresh tokens, those of apps included. Access tokens that were issued so far are
         *     refused within a second. The user can sign in again. The caller needs every scope of the user's roles; an account that the person uses in
         *     other organizations, too, is left alone (`user_shared`). Auth0 has this on Enterprise plans; elsewhere the answer is `not_in_plan`.
         */
        delete: operations["endUserSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a password-reset link
         * @description Anybody who has the link can set the user's password: pass it to that user only. No mail is sent. It is shown
         *     once, here or in the job, to the caller that requested it. The caller needs every scope of the user's roles. There is
         *     none for an account that the person uses in other organizations, too (`user_shared`).
         */
        post: operations["createPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/verification-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a verification email
         * @description The authority sends the user a mail with a link that verifies its email. This API never sends it twice. The caller needs every scope of the user's roles. None is sent for an account that the person uses in other organizations, too (`user_shared`).
         */
        post: operations["sendVerificationEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/user-imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List imports
         * @description The imports of the caller's tenant, newest first.
         */
        get: operations["listUserImports"];
        put?: never;
        /**
         * Create many users
         * @description Accepts users as NDJSON (one JSON object per line), CSV or a JSON array, optionally gzipped (`Content-Encoding: gzip`), as a stream of any
         *     length up to the limits of this deployment; an upload beyond one of them, in size or in processor time, gets 413, which names the
         *     limit. Each row is validated as it arrives. An invalid row (also one nested deeper than 32 levels), or one whose email
         *     an earlier row has, ends `failed` and does not affect the others. The answer is 202 when every row is stored; an aborted
         *     upload stores nothing, and neither does one whose caller is no longer authorized before its end. An import without a valid row is completed with its answer, without a `user_import.completed` event.
         *
         *     Open uploads, including dry runs and repetitions, count against the tenant's limit together with running imports (429); a process
         *     that is reading its maximum number of uploads answers 503. Both answer with `Retry-After` before anything is read. The number of records
         *     of ended imports is limited by this deployment; the oldest are deleted first.
         *
         *     Users are then created as fast as the authority's limits allow, without delaying other calls. An existing user is
         *     not changed (`skipped`); where tenants share a database, such a row ends `failed` with `email_unavailable`, as does one whose email
         *     the authority refuses. In a tenant that is an organization, a row is `created` once its user is a member; if the authority refuses that,
         *     it ends `failed` with `member_refused`. No mail is sent unless `send_verification_email` is set. The users' ids are
         *     chosen here, and a user of another tenant is never affected.
         */
        post: operations["createUserImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/user-imports/{import_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an import
         * @description An import of the caller's tenant, with the number of rows in each status.
         */
        get: operations["getUserImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/user-imports/{import_id}/rows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the rows of an import
         * @description The rows of an import in order, with the result of each: as JSON in pages; with `Accept: application/x-ndjson` or
         *     `Accept: text/csv` all of them (from `cursor` on, if given) in one answer, streamed at the client's pace. In CSV, text that
         *     a spreadsheet would interpret as a formula is prefixed with `'`. An export is aborted without its final chunk when the caller is no longer
         *     authorized.
         */
        get: operations["listUserImportRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/user-imports/{import_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch an import
         * @description Server-sent events: an `import` event with the import, as in `GET /v1/user-imports/{import_id}`, immediately and then
         *     whenever it has changed, a few times a second at most. The stream closes after the event of its end. Each event has an
         *     id; a client that reconnects with the last one in `Last-Event-ID` gets only newer events, and 204, which
         *     stops it from reconnecting, when the import has ended and it has the last event. When the caller is no longer authorized, the last event is
         *     `end`, without an id; its data is the `code` and `title` of the problem.
         */
        get: operations["watchUserImport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/user-imports/{import_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an import
         * @description After the answer, no further row is started. Finished rows are kept and listed; the few rows whose call is in progress
         *     are completed (with Auth0's import jobs: the files already submitted). The others stay `pending`.
         *     Idempotent.
         */
        post: operations["cancelUserImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/user-imports/{import_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause an import
         * @description After the answer, no further row is started until the import is resumed.
         *     Idempotent.
         */
        post: operations["pauseUserImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/user-imports/{import_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a paused import
         * @description The import continues where it was paused.
         *     Idempotent.
         */
        post: operations["resumeUserImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a relay job
         * @description A job of the caller's tenant; for the operator, a job that creates, changes or deletes a tenant. Reading it needs the scopes of the operation that created it. Values that are shown only once (a secret, a reset link) are returned only to the caller that requested them. A job is kept for a day after its end.
         */
        get: operations["getJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/budget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the rate budget
         * @description The budget of Management API calls, shared by all processes, by bucket: `all` if the plan has an overall limit, and one for each
         *     endpoint group that the plan limits; a call of such a group costs a slot of both. A bucket is listed after its first use. Also shows
         *     the expected number of API key exchanges (client-credentials grants) per month.
         */
        get: operations["getBudget"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operator/refusals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List refusals
         * @description The last 1,000 requests that were refused or that failed, of all tenants and callers, newest first, about a second behind: what was
         *     called, the code of the problem, and in `reason` why, in words that the caller was not told. Identical ones of a second are one entry with
         *     a `count`, and of each API process at most 100 different ones a second are kept. The audit log has all of them, without the reason.
         */
        get: operations["listRefusals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/operator/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Watch the deployment
         * @description The budget and who waits for it, queues with their depth and age, and how many workers are alive: as JSON, or as server-sent events with
         *     `Accept: text/event-stream`. The stream has a `deployment` event immediately, and then whenever something has changed, every 5 seconds at
         *     most; all streams of a process share one reading. When the caller is no longer authorized, the last event is `end`; its data is the `code`
         *     and `title` of the problem. `STREAMS_PER_PRINCIPAL` bounds the streams of one operator.
         */
        get: operations["watchDeployment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/diagnosis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the state of the deployment
         * @description What only this API knows of what `trivium doctor` checks: Redis, clocks, whether `PUBLIC_URL` leads here, limits that Auth0 reports and those
         *     that are configured, and differences that the last comparison with Auth0 has found. Makes no call to the Management API, so that it answers
         *     while no worker runs.
         */
        get: operations["getDiagnosis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/diagnosis/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the state of the account
         * @description What a worker finds at the Auth0 account, with a few calls of the budget: applications, scopes that the workers' client lacks, clients of this
         *     API that are not there any more, and how far clocks differ. Clients are compared up to 1,000 of each list; beyond that the comparison every
         *     `COMPARE_SECONDS` finds them. Changes nothing: `npm run reconcile` repairs.
         */
        get: operations["getAccountDiagnosis"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List dead letters
         * @description Relay jobs that failed because of a fault of this deployment, newest first. Their callers got an error; the job input is kept, encrypted,
         *     for 14 days, and can be replayed when the fault is fixed.
         */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a dead letter
         * @description Deletes the job with its input. It can no longer be replayed.
         */
        delete: operations["deleteDeadLetter"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/{job_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay a dead letter
         * @description Runs the job again; `GET /v1/jobs/{job_id}` shows its outcome to the tenant. Check first whether its caller has repeated the request: a
         *     verification email that may have been sent is sent again.
         */
        post: operations["replayDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the caller's tenant
         * @description The tenant that the caller belongs to, with its settings. Makes no call to the authority.
         */
        get: operations["getTenant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the settings of the caller's tenant
         * @description Changes the named members only. A tenant chooses within the bounds that the operator set: a limit may be lowered
         *     and raised again up to that in `max_limits`, and `assignable_roles` is a subset of `allowed_roles`. Takes effect at every API process
         *     within a second.
         */
        patch: operations["updateTenant"];
        trace?: never;
    };
    "/v1/tenant/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an overview of the tenant
         * @description What deserves a look now: requests of the last 24 hours by kind of caller and result, API keys that end within 30 days, apps that wait for
         *     a decision, user imports that have not ended, and webhooks that fail or are not verified. Each part needs the scope with which its
         *     caller could read all of it, and is absent without. Of apps and imports, the newest 100 are looked at.
         */
        get: operations["getTenantOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         * @description The keys of the caller's tenant, oldest first, with the time of the last use and the number of uses. Makes no call to the authority.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Create an API key
         * @description Creates a client at the authority with the given scopes. Its secret is shown only in this answer; an answer that is fetched
         *     from the job shows it on the first read.
         *     The caller needs every scope that it gives; a user has the scopes of its roles.
         *     A key that is created by an API key is limited by it: `expires_at` and `allowed_addresses` default to those of the creating key, and values
         *     beyond them are refused (`beyond_own_bounds`), also when the creating key is deleted or replaced before the new one exists.
         *     Keys count against `limits.api_keys` until they are deleted; a key that is being rotated and its successor count as two.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant/api-keys/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an API key
         * @description A key of the caller's tenant, without its secret.
         */
        get: operations["getApiKey"];
        put?: never;
        post?: never;
        /**
         * Delete an API key
         * @description The key, and tokens obtained with it, are refused by every API process within a second of this answer. Its client at the
         *     authority is deleted soon after. This cannot be undone. A rotation that involves the key ends.
         *     Deleting a successor with an API key needs the right to cancel its rotation, too (`beyond_own_bounds`), because the old key then stays valid.
         */
        delete: operations["deleteApiKey"];
        options?: never;
        head?: never;
        /**
         * Change an API key
         * @description Changes the named members only: the name, and the scopes as a whole. The secret stays. The caller needs every scope that it adds, and none
         *     of those that the key has already or loses. An API key that adds scopes must not expire earlier or be valid from fewer addresses than the
         *     key that it changes (`beyond_own_bounds`).
         *     Added scopes work with the key itself within a second of the answer; a Bearer token that was obtained with it before never gets them,
         *     only the next one does. Removed scopes are refused by every API process within a second, whatever tokens say, and what the key requested
         *     before and has not begun is not done, unless the key itself removed them.
         *     A key that is being rotated, or is the successor of one that is, cannot be changed (`rotation_under_way`).
         */
        patch: operations["updateApiKey"];
        trace?: never;
    };
    "/v1/tenant/api-keys/{client_id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate an API key
         * @description Creates a successor with a new client id and secret, and the same name, scopes and allowed addresses. The old key
         *     stays valid during the overlap and is then deleted; `0` revokes it immediately, for a key that leaked. Both show when they were last
         *     used, so that unused old keys can be recognised. The caller needs every scope of the key.
         *     A key may rotate itself, and keys that expire no later and are valid from no more addresses than itself; a successor never exceeds
         *     the limits of the key that requested it (`beyond_own_bounds`). A user may extend them.
         *     Both keys count against `limits.api_keys` during the overlap. When the tenant has reached that limit, only
         *     `overlap_seconds: 0` is possible, which replaces the key instead of adding one.
         */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant/api-keys/{client_id}/rotate/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Complete a rotation early
         * @description Ends the overlap now. `client_id` names the key that is being replaced; the answer is its successor.
         */
        post: operations["completeApiKeyRotation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant/api-keys/{client_id}/rotate/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a rotation
         * @description Deletes the successor; the old key stays valid. `client_id` names the key that is being replaced; the answer is that key.
         *     A key cannot cancel its own rotation, nor that of a key that expires later or is valid from more addresses (`beyond_own_bounds`).
         */
        post: operations["cancelApiKeyRotation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List audit events
         * @description One event for every change and every refusal, and for reads of other people's data. `type` says what happened (`user.created`, or
         *     `request.refused` and similar for requests without effect). An event appears within about a second. Frequent identical events (the same
         *     refusal of the same caller) are recorded individually at first, and then aggregated with a `count`.
         */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get usage figures
         * @description Requests and their results, Management API calls, rows created by user imports, and latency: in total, for each API key,
         *     app and single-page app, and by hour or day (UTC). About a second behind; an API process that is killed loses
         *     its last second, one that is stopped loses nothing. Hours are kept for 40 days, days for 400.
         */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks
         * @description The webhooks of the caller's tenant, oldest first.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Create a webhook
         * @description Registers an endpoint to which events of these types are delivered from now on, signed according to Standard Webhooks. Its secret is
         *     shown only in this answer.
         *
         *     **The endpoint has to be verified first.** A new webhook is `unverified`: its endpoint gets a `POST` with
         *     `{"type":"webhook.verification","timestamp":"…","data":{"webhook_id":"…","challenge":"…"}}`, signed like every message, and must answer 2xx
         *     with `{"challenge":"…"}`, the same challenge, as JSON. Nothing else is sent to it before. Each message has a new challenge, which is
         *     valid for the answer to that message only. It is sent up to three times within minutes, and again by `POST …/test` and when the URL changes.
         *     Events of the first hour are kept and delivered after the verification; later ones are delivered only from the verification on.
         *
         *     The endpoint answers 2xx when it has accepted an event. After any other answer, or 15 seconds without one, delivery is retried for
         *     about a day; 410 disables the webhook immediately, and so do three days without a successful delivery.
         *     Every event is delivered at least once, always with the same `webhook-id`. The endpoint must be reachable by https at an address of the
         *     public internet; redirects are not followed.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant/webhooks/{webhook_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a webhook
         * @description Includes its delivery state, i.e. since when deliveries have failed, and how many events are pending.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description Deletes its secrets and its pending events, too.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook
         * @description Changes the named members. `status: disabled` stops deliveries: events recorded meanwhile are skipped, and can be replayed. `enabled`
         *     resumes the pending deliveries, also after the webhook was disabled because deliveries had failed for days or the endpoint answered 410. A
         *     new `url` is `unverified` until its endpoint has answered the challenge, as for a new webhook; pending events are then delivered to it.
         */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/v1/tenant/webhooks/{webhook_id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate the secret of a webhook
         * @description Creates a new secret. During the overlap, each message is signed with both.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant/webhooks/{webhook_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event
         * @description Sends an event of type `webhook.tested`, whatever the webhook's event types. An unverified endpoint first gets
         *     `webhook.verification` (see *Create a webhook*), and the event after answering it. The deliveries show the results of both.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant/webhooks/{webhook_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay events
         * @description Sends all events of the webhook's types that were recorded since then again, each with its original `webhook-id`. One replay at a time: 409
         *     `replay_in_progress` while events of an earlier one are pending. An unverified endpoint
         *     gets them after its verification.
         */
        post: operations["replayWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant/webhooks/{webhook_id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List delivery attempts
         * @description The last 500 attempts, newest first.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List audit events of all tenants
         * @description As `GET /v1/tenant/audit-events`, but for all tenants, and including events that belong to none: operations of the operator, and requests
         *     without a valid credential.
         */
        get: operations["listAllAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/services/{service}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record an event of a service
         * @description For a service behind the gateway, with a secret of its own: records something that happened there, in the audit log of a tenant, from
         *     where it is delivered to the webhooks of that tenant that subscribe to its type. The types are those that the deployment declares for
         *     this service (`x-event-types` of the contract).
         *     An unknown tenant, one that is still being created and a deleted one are 404. Events of a suspended tenant are recorded: a suspension
         *     keeps its callers out, and does not change what happened.
         *     With an `Idempotency-Key`, a repetition is answered as the first time and records nothing.
         *     Each service may send `REQUESTS_PER_MINUTE_PER_SERVICE`.
         */
        post: operations["recordServiceEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/auth0/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a delivery of an event stream
         * @description For the authority: a delivery of an event stream of the account (Auth0, "Event Streams", a webhook with a bearer token). What somebody
         *     changed there, and not through this API, is recorded in the audit log of the user's tenant, and delivered to its webhooks: as
         *     `user.created_elsewhere`, `user.changed_elsewhere`, `user.blocked_elsewhere`, `user.unblocked_elsewhere`, `user.deleted_elsewhere`,
         *     `user.joined_elsewhere` and `user.left_elsewhere`. A user who was blocked or deleted, or has left, is refused within a second. Whatever an
         *     event would allow is read at the authority first.
         *     Events are answered before they are processed. A repetition, an event of another type, and one that concerns no tenant are answered
         *     alike, and leave nothing. `503` means that the event was not stored.
         */
        post: operations["receiveAuthorityEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/authorize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Authorize an app
         * @description The authorization endpoint for apps (RFC 6749 section 4.1.1). Redirects the user's browser to the authority with all parameters unchanged,
         *     except the one that names this API: the authority knows it by `audience` only, which replaces `resource` or is added. For a
         *     registered app, parameters that the authority does not accept from third parties are omitted (RFC 6749 section 3.1), and if `scope` is
         *     missing or contains no scope of this API, the app's registered scopes are added (section 3.3). An app
         *     whose `client_id` is the URL of a client id metadata document (draft-ietf-oauth-client-id-metadata-document) is
         *     registered here: its document is fetched and validated when it is new or has changed. Errors in it are answered to the browser,
         *     as a page if `Accept` prefers HTML; the browser is never redirected to a URL
         *     from an invalid document.
         *
         *     Where tenants keep their users in several databases, the authority's sign-in page cannot choose between them. The request is then
         *     redirected with `connection`, the database of the user's tenant: as the app sent it; else by `login_hint`, if it is an email address in
         *     a domain that the operator assigned to a tenant; else by the cookie of a remembered tenant. If none of these applies, a browser gets a
         *     page that asks for the user's email address or tenant id (`POST /oauth/authorize/tenant`), but not with `prompt=none` (OpenID Connect
         *     Core section 3.1.2.1). With `prompt=select_account` it asks again.
         *
         *     A tenant that is an organization at the authority is treated in the same way: the request is redirected with `organization`, as the app sent
         *     it or as the tenant's is, and with `connection` where its users are not in the shared database.
         */
        get: operations["startAuthorization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/authorize/tenant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say which tenant one belongs to
         * @description The form of the page that `GET /oauth/authorize` shows. Goes on to the authority with the authorization request as that page
         *     sealed it, and with `connection`, the database of the tenant that was named. A name that no tenant has goes on as well, without
         *     `connection`: the answer has the same status, words and fields, so that nobody finds out tenants by trying. Forms that a page of
         *     another site sends are refused.
         */
        post: operations["chooseTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant/apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the apps of the tenant
         * @description Apps that its users have used or tried to use, that it decided on, or vouched for; newest first.
         */
        get: operations["listTenantApps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant/apps/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Allow or deny an app
         * @description Applies to users of the caller's tenant. A denied app is refused by every API process within a second of this answer. Allowing a pending
         *     app vouches for it, for this tenant only. The decision covers the app as it is now; with `version`, it is refused when the app has
         *     changed since it was read. When the app later changes beyond the decision, it lapses (`lapsed_at`). A blocked app stays blocked.
         */
        put: operations["decideOnTenantApp"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant/initial-access-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List initial access tokens
         * @description Unexpired tokens of the caller's tenant, without their values.
         */
        get: operations["listTenantInitialAccessTokens"];
        put?: never;
        /**
         * Issue an initial access token
         * @description Authorizes its holder to register apps (RFC 7591 section 3), up to the given number and time. Those apps work for users of the tenant before the operator has approved them.
         *     The token is shown only in this answer. It always expires; one that an API key issues expires no later than the key (`beyond_own_bounds`). A tenant has at most `INITIAL_ACCESS_TOKENS_PER_ISSUER` unexpired tokens.
         */
        post: operations["createTenantInitialAccessToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant/initial-access-tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete an initial access token
         * @description No more apps can be registered with it. Apps that were registered with it are kept.
         */
        delete: operations["deleteTenantInitialAccessToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List third-party apps
         * @description Newest first, however they were registered.
         */
        get: operations["listApps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/apps/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Approve or block an app
         * @description Applies to all tenants. A blocked app is refused by every API process within a second of this answer, whatever tenants decided; a pending
         *     one works for users of tenants that allowed it or vouched for it. The approval covers the app as it is now; with `version`, it is refused
         *     when the app has changed since it was read. When the app later changes beyond the approval, it is pending again (`lapsed_at`).
         */
        patch: operations["updateApp"];
        trace?: never;
    };
    "/v1/initial-access-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List initial access tokens
         * @description Unexpired tokens of the operator, without their values.
         */
        get: operations["listInitialAccessTokens"];
        put?: never;
        /**
         * Issue an initial access token
         * @description Authorizes its holder to register apps (RFC 7591 section 3), up to the given number and time. Those apps are approved.
         *     The token is shown only in this answer. It always expires, and the number of unexpired ones is limited to `INITIAL_ACCESS_TOKENS_PER_ISSUER`.
         */
        post: operations["createInitialAccessToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/initial-access-tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete an initial access token
         * @description No more apps can be registered with it. Apps that were registered with it are kept.
         */
        delete: operations["deleteInitialAccessToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tenants
         * @description Sorted by id, including those that are being created or deleted. Makes no call to the authority.
         */
        get: operations["listTenants"];
        put?: never;
        /**
         * Create a tenant
         * @description Creates everything that a tenant needs, all or nothing: its first admin with a link for setting a password (no mail is sent), its
         *     first API key, its registry entry here, and, unless it shares them, the connection that stores its users and the client of its
         *     single-page app with origins and callbacks; its organization, if it is to be one, with the admin as its member. It is one job with steps that is resumed after a crash; when a step fails permanently,
         *     all steps are undone before the job ends. Until the last step is done, callers of the tenant are refused. Secret and link are shown
         *     only in this answer; an answer that is fetched from the job shows them on the first read.
         */
        post: operations["createTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{tenant_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a tenant
         * @description Includes its settings, the operator's bounds for them, its connection and its single-page app. Makes no call to the authority.
         */
        get: operations["getTenantById"];
        put?: never;
        post?: never;
        /**
         * Delete a tenant
         * @description Permanent, and needs two requests: `dry_run=true` changes nothing and answers 200 with what would be deleted and a `confirmation`; the same
         *     request with `confirm` set to it, within ten minutes, deletes. From then on every caller of the tenant is refused by every API process
         *     within a second, and running user imports stop. Then its API keys, its single-page app, its users' grants, and with
         *     `users=delete` its users and its own connection are deleted at the authority, in steps that are resumed after a crash; 204 when all are
         *     done. A connection or a single-page app that it shares is kept. Its organization is deleted if it was created for it; one that it
         *     took over stays, without the tenant's name in its metadata. People who belong to other organizations, too, only leave this one: their
         *     roles in it, their consents given in it, and, with `users=delete`, their membership end. The tenant's id is never reused.
         */
        delete: operations["deleteTenant"];
        options?: never;
        head?: never;
        /**
         * Change a tenant
         * @description Changes the named members only. `max_limits` and `allowed_roles` bound what the tenant may choose. A limit that was
         *     equal to its bound follows it, a higher one is lowered to it, a lower one stays; roles likewise. Takes effect at every API
         *     process within a second.
         */
        patch: operations["updateTenantById"];
        trace?: never;
    };
    "/v1/tenants/{tenant_id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend a tenant
         * @description Users, API keys and apps of the tenant are refused with `tenant_suspended` by every API process within a second of this answer,
         *     whatever token they hold. Accepted relay jobs that have not begun end with the same error; jobs that have begun are completed.
         *     Running user imports are halted, and continue when the tenant is resumed. Its web pages can still read the refusals (CORS). Sign-in at
         *     the authority is not affected. Idempotent.
         */
        post: operations["suspendTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{tenant_id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a tenant
         * @description Callers of the suspended tenant are accepted again within a second; its user imports continue. Idempotent.
         */
        post: operations["resumeTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{tenant_id}/change-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change a tenant over
         * @description Prepares what a tenant with a single-page app of its own needs to share the deployment's, or a tenant without an organization to be
         *     one: for an organization, all of its users become members. It is one job with steps, which is resumed after a crash; after a
         *     permanent failure, everything is undone before the job ends, except that an organization which is taken over and may have members
         *     stays: the tenant is `preparing` then, and the same request continues it, as it does after a failure of the authority. From the job's
         *     end on, the tenant's users are accepted in both ways, the old and the new, until the change-over is finished
         *     (`POST …/change-over/finish`) or `ends_at` has passed. With `dry_run=true` nothing is changed, and the answer says what would be
         *     done and how long it would take. Neither the users nor their ids change; a database cannot be changed over.
         */
        post: operations["startTenantChangeOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{tenant_id}/change-over/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Finish the change-over of a tenant
         * @description Ends the time in which both ways are accepted: within a second, every API process accepts the new one only. Users that were created
         *     meanwhile become members of the organization first; the client of a single-page app that the tenant no longer needs is deleted at
         *     the authority. Of a tenant that becomes an organization, a minute after that at the earliest: before, users who were created last may not
         *     be found. Not reversible. Resumed after a crash, and by the upkeep if its job is lost.
         */
        post: operations["finishTenantChangeOver"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{tenant_id}/user-adoptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adopt users
         * @description Makes users who exist at the authority users of the tenant: `tenant_id` and `roles` are written to their `app_metadata`, and where the tenant
         *     is an organization they become members. Nothing else of them changes: ids, passwords, blocks and sessions stay. A user of another tenant is
         *     never taken. It is one job, which spends what other work leaves of the rate budget, and is resumed after a crash; each user has one outcome.
         *     The same request, sent again, finds who was adopted before as `already`. A suspended tenant's users are adopted, too; once the tenant is being
         *     deleted, the job ends with `tenant_busy`. With `dry_run=true` nothing is changed; outcomes are those of the user search, which lags behind.
         */
        post: operations["adoptUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{tenant_id}/user-adoptions/{adoption_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an adoption of users
         * @description How far it is; known once its job has begun, for seven days. Makes no call to the authority.
         */
        get: operations["getUserAdoption"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{tenant_id}/user-adoptions/{adoption_id}/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the users of an adoption
         * @description Each user of an adoption with its outcome, in the order in which they had one: as JSON in pages; with `Accept: text/csv` all of them in one answer. In CSV,
         *     text that a spreadsheet would interpret as a formula is prefixed with `'`.
         */
        get: operations["listAdoptedUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{tenant_id}/client-adoptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adopt a client
         * @description Makes a client that exists at the authority an API key or a web app of the tenant: it is entered here, its `client_metadata` name the tenant, and a
         *     key's client grant for this API has the wanted scopes. Its secret is neither read nor changed, and its other metadata and grants stay. From then on
         *     it is the tenant's like any other: deleting the key, or the tenant, deletes the client. A client of another tenant, of a third party, or with a grant
         *     for the Management API is refused. With `dry_run=true` nothing is changed.
         */
        post: operations["adoptClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{tenant_id}/web-app": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replace the URLs of a tenant's single-page app
         * @description The origins from which its pages may call this API (CORS, exact match), and the callback and logout URLs at the authority.
         *     Changes both the registry and the authority; CORS is updated at every API process within a second. A tenant that shares the
         *     deployment's single-page app has none to replace: 409 `web_app_shared`.
         */
        put: operations["replaceTenantWebApp"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register a third-party app
         * @description Dynamic client registration (RFC 7591). The app gets the authorization code grant with PKCE, and refresh tokens; other requested
         *     grant types are not registered, as the answer shows. The registration policy is configured: open to anybody, or only with an initial
         *     access token or a software statement of a trusted
         *     issuer. The answer contains a registration access token for managing the registration (RFC 7592).
         *     Errors are OAuth errors, not problem documents. After a 503 or a closed connection nothing stays registered.
         */
        post: operations["registerApp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/oauth/register/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read an app's registration
         * @description Client read (RFC 7592 section 2.1), with the app's registration access token.
         */
        get: operations["getRegisteredApp"];
        /**
         * Replace an app's registration
         * @description Client update (RFC 7592 section 2.2). The body replaces all metadata: members that are absent, null or empty are cleared. An exception is
         *     `scope`: if it is absent, or contains no known scope, the app keeps its scopes, as the answer
         *     shows. The body contains `client_id`, and none
         *     of `registration_access_token`, `registration_client_uri`, `client_id_issued_at`, `client_secret_expires_at`. The answer contains a
         *     new registration access token; the old one becomes invalid.
         *
         *     Approvals, tenant decisions and vouchers cover the app's name, logo and page, its scopes, redirect hosts and keys. When one of these is
         *     replaced or extended, the app is pending again (`app.decision_lapsed`) until a new decision, even if it
         *     changes back. Removing scopes, hosts or keys ends no decision.
         */
        put: operations["updateRegisteredApp"];
        post?: never;
        /**
         * Delete an app's registration
         * @description Client deletion (RFC 7592 section 2.3). The app's tokens are refused by every API process within a second of this answer; its
         *     client at the authority and the users' grants are deleted soon after.
         */
        delete: operations["deleteRegisteredApp"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/oauth-protected-resource": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Protected resource metadata
         * @description Metadata for obtaining a token for this API (RFC 9728). The Bearer challenge refers to it. `resource` is the URL of this API;
         *     `aud` of its tokens is its identifier at the authority, which may differ.
         */
        get: operations["getProtectedResourceMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/oauth-authorization-server": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Authorization server metadata
         * @description Metadata of the authorization server (RFC 8414). The registration endpoint and the authorization endpoint, which redirects to the
         *     authority's, are this API's; all other endpoints are the authority's.
         */
        get: operations["getAuthorizationServerMetadata"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Keys of principal tokens
         * @description The public keys (RFC 7517) of the tokens in `Trivium-Principal`, by which services behind this API know who calls. Access tokens
         *     are signed by the authority, whose keys are its own. A key is published an hour before it signs, and a day after.
         */
        get: operations["getJwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the contract
         * @description The OpenAPI description of this API as a single document.
         */
        get: operations["getContract"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Entry point
         * @description Redirects browsers to the documentation, and returns the URLs of the documentation, the contract and the metadata to programs.
         */
        get: operations["getRoot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The console
         * @description A page for people: administrators and members of tenants, and operators. It signs them in at the authority, and calls this API with their tokens. `not_found` where `CONSOLE_CLIENT_ID` is not set. Parameters are those with which the authority sends people back, or that lead them to an organization; the page reads them.
         */
        get: operations["getConsole"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console-files/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A file of the console
         * @description Scripts and styles of `/console`. Their names contain a hash of their content, so that they are cached for a year.
         */
        get: operations["getConsoleFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * API documentation
         * @description An interactive page that shows this contract and can call its operations.
         */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/{asset}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an asset of the documentation page
         * @description Style sheets and scripts of `/docs`.
         */
        get: operations["getDocsAsset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain an error code
         * @description The URL in `type` of a problem document; explains the code and what to do next.
         */
        get: operations["getProblem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Liveness probe
         * @description Answers as long as the process handles requests. Checks no dependencies.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Readiness probe
         * @description Ready while the store accepts writes and the process has not been asked to stop: after SIGTERM it becomes unready immediately, and continues
         *     to answer for `STOP_DELAY_SECONDS`. The following checks are shown, but do not affect readiness: `authority`, whether the authority's signing
         *     keys can be fetched (cached keys, and API keys within their grace period, stay valid without it); `queue`, whether workers process the
         *     relay queue (while they do not, or none runs, relayed calls are accepted and answered 202). `keys` is present when the process
         *     lacks a key of `ENCRYPTION_KEYS` or `HASH_KEY`: it is unready while another process encrypts or hashes with a key that it lacks. `format` is
         *     present, and the process unready, while the store holds data of a newer release that it cannot read. `restore` is present, and the process unready, while
         *     the store was restored from a backup and is not compared with the authority yet: all operations that need a credential are answered 503.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics
         * @description Metrics of this process, in the format of Prometheus. Answered only to the addresses in `METRICS_ALLOWED_ADDRESSES`; other
         *     callers get 404.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description The user's id at the authority, `strategy|id`. Percent-encode the bar in a path.
         * @example auth0|5f7c8ec7c33c6c004bbafe82
         */
        UserId: string;
        /**
         * @description The authenticated caller (principal).
         * @example {
         *       "kind": "user",
         *       "tenant_id": "acme",
         *       "client_id": "4Qm5wq0o1xT2yRkZcVbN8sLdHfJgPaEu",
         *       "scopes": [
         *         "read:tenant"
         *       ],
         *       "user_id": "auth0|5f7c8ec7c33c6c004bbafe82",
         *       "roles": [
         *         "member"
         *       ]
         *     }
         */
        Me: {
            /** @enum {string} */
            kind: "user" | "tenant" | "app";
            tenant_id: string;
            /** @description The client to which the credential was issued: single-page app, API key or third-party app. */
            client_id: string;
            /** @description The effective scopes: those of the API key; those of the user's roles; for an app, the intersection of its token, the consent and the user's roles. */
            scopes: string[];
            user_id?: components["schemas"]["UserId"];
            /** @description The roles of the user (kinds user and app). */
            roles?: string[];
        };
        /**
         * @description A problem document (RFC 9457).
         * @example {
         *       "type": "https://api.example.com/problems/not_found",
         *       "title": "Not found",
         *       "status": 404,
         *       "instance": "/v1/users/auth0%7C5f7c8ec7c33c6c004bbafe82",
         *       "code": "not_found",
         *       "request_id": "0c1b4b6e-58b0-4cf1-b1a6-8f1f1b9a9c57"
         *     }
         */
        Problem: {
            /**
             * Format: uri
             * @description URL of the explanation of `code`.
             */
            type: string;
            title: string;
            status: number;
            /** @description What went wrong with this request. */
            detail?: string;
            /** @description The path that was called. */
            instance?: string;
            /** @description Stable code; see `GET /problems/{code}`. */
            code: string;
            /** @description Quote it in support requests. */
            request_id: string;
            /** @description With `insufficient_scope`, every scope that the operation needs; with `scope_not_available`, those that the authority lacks. */
            scopes?: string[];
            /** @description One entry for each invalid field or parameter. */
            errors?: {
                /** @enum {string} */
                in: "body" | "query" | "path" | "header";
                /** @description RFC 6901 pointer to the value. */
                pointer: string;
                /** @description The rule that was violated. */
                code: string;
                message: string;
            }[];
        };
        /**
         * @description What the authenticated caller may call.
         * @example {
         *       "kind": "user",
         *       "tenant_id": "acme",
         *       "client_id": "4Qm5wq0o1xT2yRkZcVbN8sLdHfJgPaEu",
         *       "user_id": "auth0|5f7c8ec7c33c6c004bbafe82",
         *       "scopes": [
         *         "read:tenant"
         *       ],
         *       "operations": [
         *         "getMe",
         *         "listMyOperations",
         *         "listConsents",
         *         "withdrawConsent",
         *         "getTenant"
         *       ]
         *     }
         */
        MyOperations: {
            /** @enum {string} */
            kind: "user" | "tenant" | "app" | "operator";
            /** @description Absent for an operator. */
            tenant_id?: string;
            /** @description The client to which the credential was issued. */
            client_id: string;
            user_id?: components["schemas"]["UserId"];
            /** @description The effective scopes. */
            scopes: string[];
            /** @description Their `operationId`s, in the order of the contract. */
            operations: string[];
        };
        /**
         * @example {
         *       "client_id": "tpc_3wQk9ZpL1mNvR7tYxC4bHd",
         *       "name": "Example Reports",
         *       "scopes": [
         *         "read:users"
         *       ],
         *       "given_at": "2026-11-23T09:00:00.000Z"
         *     }
         */
        Consent: {
            client_id: string;
            /** @description Name of the app; absent when its registration was deleted. */
            name?: string;
            scopes: string[];
            /**
             * Format: date-time
             * @description When it was first given, to the second.
             */
            given_at?: string;
        };
        /**
         * @example {
         *       "consents": [
         *         {
         *           "client_id": "tpc_3wQk9ZpL1mNvR7tYxC4bHd",
         *           "name": "Example Reports",
         *           "scopes": [
         *             "read:users"
         *           ],
         *           "given_at": "2026-11-23T09:00:00.000Z"
         *         }
         *       ]
         *     }
         */
        ConsentList: {
            consents: components["schemas"]["Consent"][];
        };
        /**
         * @description A relayed call whose caller did not wait until its end.
         * @example {
         *       "id": "5b1c0f0e-6a0f-4a6a-9f5b-0a4b7c3d2e1f",
         *       "operation": "createUser",
         *       "status": "queued",
         *       "created_at": "2026-11-23T09:00:00.000Z"
         *     }
         */
        Job: {
            id: string;
            /** @description The operationId that was called. */
            operation: string;
            /**
             * @description `unknown`: sent to the authority, whose answer was lost; it is not retried.
             * @enum {string}
             */
            status: "queued" | "running" | "succeeded" | "failed" | "unknown";
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            finished_at?: string;
            /** @description The steps of the job, in order, if it has any. Those of a job that failed permanently end `undone`. */
            steps?: {
                name: string;
                /** @enum {string} */
                status: "pending" | "begun" | "done" | "undone";
            }[];
            /** @description With `succeeded`, the answer of the operation. */
            answer?: {
                status: number;
                /** @description The body of the operation's answer; absent when it has none. */
                body?: unknown;
            };
            problem?: components["schemas"]["Problem"];
        };
        /**
         * @description A user of the caller's tenant.
         * @example {
         *       "user_id": "auth0|5f7c8ec7c33c6c004bbafe82",
         *       "email": "ada@acme.example",
         *       "email_verified": true,
         *       "name": "Ada Example",
         *       "blocked": false,
         *       "roles": [
         *         "admin"
         *       ],
         *       "user_metadata": {
         *         "plan": "pro"
         *       },
         *       "created_at": "2026-11-23T09:00:00.000Z",
         *       "updated_at": "2026-11-23T09:00:00.000Z"
         *     }
         */
        User: {
            user_id: components["schemas"]["UserId"];
            /** Format: email */
            email: string;
            email_verified: boolean;
            name?: string;
            given_name?: string;
            family_name?: string;
            nickname?: string;
            picture?: string;
            blocked: boolean;
            roles: string[];
            user_metadata: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            created_at: string;
            /**
             * Format: date-time
             * @description Of a guest, whose account belongs to others, too, the same as `created_at`.
             */
            updated_at: string;
            /**
             * Format: date-time
             * @description Left out for a guest.
             */
            last_login?: string;
            /** @description Left out for a guest. */
            logins_count?: number;
        };
        /**
         * @example {
         *       "users": [
         *         {
         *           "user_id": "auth0|5f7c8ec7c33c6c004bbafe82",
         *           "email": "ada@acme.example",
         *           "email_verified": true,
         *           "name": "Ada Example",
         *           "blocked": false,
         *           "roles": [
         *             "admin"
         *           ],
         *           "user_metadata": {},
         *           "created_at": "2026-11-23T09:00:00.000Z",
         *           "updated_at": "2026-11-23T09:00:00.000Z"
         *         }
         *       ],
         *       "exceeds_search_limit": false,
         *       "next_cursor": "WyIyMDI2LTExLTIzVDA5OjAwOjAwLjAwMFoiLDFd"
         *     }
         */
        UserList: {
            users: components["schemas"]["User"][];
            /** @description Present while there are more pages; pass it as `cursor`. */
            next_cursor?: string;
            /** @description Whether more users match the filters, from here on, than the 1,000 that the authority returns for one search. The cursor continues beyond them. Absent with `email`. */
            exceeds_search_limit?: boolean;
        };
        /**
         * @description A role, which is a named set of scopes.
         * @enum {string}
         */
        RoleName: "admin" | "member";
        /**
         * @description A user to be created in the caller's tenant.
         * @example {
         *       "email": "ada@acme.example",
         *       "name": "Ada Example",
         *       "roles": [
         *         "member"
         *       ],
         *       "user_metadata": {
         *         "plan": "pro"
         *       }
         *     }
         */
        NewUser: {
            /** Format: email */
            email: string;
            /** @description When omitted, an unknown random one is set; the user then sets one by a password reset. */
            password?: string;
            name?: string;
            given_name?: string;
            family_name?: string;
            nickname?: string;
            /** Format: uri */
            picture?: string;
            /** @default false */
            email_verified: boolean;
            /** @description Roles of the user in this API; each is a set of scopes. The caller needs every scope of a role that it grants. Default: `member` if the caller may grant it, else none. */
            roles?: components["schemas"]["RoleName"][];
            /** @description Free-form data about the user; visible to the user. */
            user_metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * @description What to change about a user. `null` removes a value.
         * @example {
         *       "name": "Ada Lovelace",
         *       "blocked": true,
         *       "user_metadata": {
         *         "plan": null
         *       }
         *     }
         */
        UserChanges: {
            /** Format: email */
            email?: string;
            email_verified?: boolean;
            name?: string | null;
            given_name?: string | null;
            family_name?: string | null;
            nickname?: string | null;
            /** Format: uri */
            picture?: string | null;
            /** @description A blocked user cannot sign in. */
            blocked?: boolean;
            /** @description Merged at the first level; `null` removes a member. */
            user_metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * @description The roles of a user.
         * @example {
         *       "roles": [
         *         "member"
         *       ]
         *     }
         */
        UserRoles: {
            roles: string[];
        };
        /**
         * @description The new roles of a user, among those that the tenant may assign.
         * @example {
         *       "roles": [
         *         "member"
         *       ]
         *     }
         */
        NewUserRoles: {
            roles: components["schemas"]["RoleName"][];
        };
        /**
         * @description Where a user is signed in at the authority.
         * @example {
         *       "sessions": [
         *         {
         *           "id": "ses_5f7c8ec7c33c6c004bbafe82",
         *           "created_at": "2026-11-23T09:00:00.000Z",
         *           "last_active_at": "2026-11-23T09:30:00.000Z",
         *           "expires_at": "2026-11-26T09:00:00.000Z",
         *           "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
         *           "ip_address": "203.0.113.7",
         *           "client_ids": [
         *             "4Qm5wq0o1xT2yRkZcVbN8sLdHfJgPaEu"
         *           ]
         *         }
         *       ]
         *     }
         */
        UserSessionList: {
            sessions: {
                id: string;
                /** Format: date-time */
                created_at?: string;
                /** Format: date-time */
                last_active_at?: string;
                /** Format: date-time */
                expires_at?: string;
                /** @description The browser that was last used, as it named itself. */
                user_agent?: string;
                /** @description The address that was last used. */
                ip_address?: string;
                /** @description The applications that it signed in to. */
                client_ids: string[];
            }[];
        };
        /**
         * @example {
         *       "lifetime_seconds": 3600
         *     }
         */
        NewPasswordReset: {
            /**
             * @description Lifetime of the link. It stays valid if the person becomes a user of other tenants meanwhile.
             * @default 432000
             */
            lifetime_seconds: number;
        };
        /**
         * @example {
         *       "reset_url": "https://example.eu.auth0.com/lo/reset?ticket=W8Pq0cB7nX",
         *       "expires_at": "2026-11-23T10:00:00.000Z"
         *     }
         */
        PasswordReset: {
            /** Format: uri */
            reset_url: string;
            /** Format: date-time */
            expires_at: string;
        };
        /**
         * @example {
         *       "id": "0b4f7f4e-3c0a-4a37-8a9e-5a0a5b5c5d5e",
         *       "status": "running",
         *       "channel": "row_by_row",
         *       "total": 1000,
         *       "counts": {
         *         "pending": 400,
         *         "created": 598,
         *         "failed": 1,
         *         "skipped": 1,
         *         "unknown": 0
         *       },
         *       "rows_per_second": 16,
         *       "estimated_end_at": "2026-11-23T09:01:05.000Z",
         *       "created_at": "2026-11-23T09:00:00.000Z",
         *       "started_at": "2026-11-23T09:00:01.000Z"
         *     }
         */
        UserImport: {
            id: string;
            /** @enum {string} */
            status: "queued" | "running" | "paused" | "completed" | "cancelled";
            /**
             * @description How users are created, with one call for each or through Auth0's import jobs.
             * @enum {string}
             */
            channel: "row_by_row" | "import_jobs";
            /** @description Whether a verification email is sent to each user. */
            send_verification_email?: boolean;
            /** @description Whether a `user.created` event is recorded for each created user. */
            user_events?: boolean;
            /** @description Rows in the import. */
            total: number;
            /** @description Rows by status. Their sum is `total`. */
            counts: {
                /** @description Not processed yet; after cancellation, never processed. */
                pending: number;
                created: number;
                failed: number;
                /** @description The user existed already. */
                skipped: number;
                /** @description Sent to the authority, whose answer was lost; a look-up did not clarify the outcome. */
                unknown: number;
            };
            /** @description Recent rate, while it runs. */
            rows_per_second?: number;
            /**
             * Format: date-time
             * @description While it runs, the estimated end, from its own remaining rows, those of the other imports that share Auth0's rate limit, and the current state of that limit.
             */
            estimated_end_at?: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            started_at?: string;
            /** Format: date-time */
            completed_at?: string;
        };
        /**
         * @example {
         *       "imports": [
         *         {
         *           "id": "0b4f7f4e-3c0a-4a37-8a9e-5a0a5b5c5d5e",
         *           "status": "completed",
         *           "channel": "row_by_row",
         *           "total": 2,
         *           "counts": {
         *             "pending": 0,
         *             "created": 2,
         *             "failed": 0,
         *             "skipped": 0,
         *             "unknown": 0
         *           },
         *           "created_at": "2026-11-23T09:00:00.000Z",
         *           "started_at": "2026-11-23T09:00:01.000Z",
         *           "completed_at": "2026-11-23T09:00:02.000Z"
         *         }
         *       ]
         *     }
         */
        UserImportList: {
            imports: components["schemas"]["UserImport"][];
            /** @description Present while there are more pages; pass it as `cursor`. */
            next_cursor?: string;
        };
        /**
         * @description A row of a user import: a user as in `POST /v1/users`, or with a password hash. At most one of `password`, `password_hash` and `custom_password_hash`.
         * @example {
         *       "email": "ada@acme.example",
         *       "name": "Ada Example",
         *       "roles": [
         *         "member"
         *       ],
         *       "user_metadata": {
         *         "plan": "pro"
         *       }
         *     }
         */
        ImportedUser: {
            /** Format: email */
            email: string;
            /** @description In clear text; not possible with the authority's import jobs. When omitted, the user sets one by a password reset. */
            password?: string;
            /** @description bcrypt with 10 rounds. Needs the authority's import jobs. */
            password_hash?: string;
            /** @description Any hash that Auth0 supports (its "Bulk user import database schema"). Needs its import jobs. */
            custom_password_hash?: {
                /** @enum {string} */
                algorithm: "argon2" | "bcrypt" | "hmac" | "ldap" | "md4" | "md5" | "sha1" | "sha256" | "sha512" | "pbkdf2" | "scrypt";
                hash: {
                    value: string;
                    /** @enum {string} */
                    encoding?: "base64" | "hex" | "utf8";
                } & {
                    [key: string]: unknown;
                };
            } & {
                [key: string]: unknown;
            };
            name?: string;
            given_name?: string;
            family_name?: string;
            nickname?: string;
            /** Format: uri */
            picture?: string;
            /** @default false */
            email_verified: boolean;
            /** @description Roles of the user in this API; each is a set of scopes. The caller needs every scope of a role that it grants. Default: `member` if the caller may grant it, else none. */
            roles?: components["schemas"]["RoleName"][];
            /** @description Free-form data about the user; visible to the user. */
            user_metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * @example {
         *       "code": "invalid_body",
         *       "message": "must be true or false",
         *       "pointer": "/email_verified"
         *     }
         */
        UserImportRowError: {
            /** @description A problem code. `email_unavailable`: as in `POST /v1/users`, where tenants share a database of users. `member_refused`: the user was created, and the row has its `user_id`. */
            code: string;
            message: string;
            /** @description RFC 6901 pointer to the invalid field of the row. */
            pointer?: string;
        };
        /**
         * @example {
         *       "row": 1,
         *       "status": "created",
         *       "email": "ada@acme.example",
         *       "user_id": "auth0|0b4f7f4e3c0a4a378a9e5a0a5b5c5d5e"
         *     }
         * @example {
         *       "row": 2,
         *       "line": 3,
         *       "status": "failed",
         *       "error": {
         *         "code": "invalid_body",
         *         "message": "must have required property 'email'",
         *         "pointer": "/email"
         *       },
         *       "errors": [
         *         {
         *           "code": "invalid_body",
         *           "message": "must have required property 'email'",
         *           "pointer": "/email"
         *         },
         *         {
         *           "code": "invalid_body",
         *           "message": "must be true or false",
         *           "pointer": "/email_verified"
         *         }
         *       ]
         *     }
         */
        UserImportRow: {
            /** @description Position in the import, from 1. */
            row: number;
            /** @description The line of the file where the row begins, from 1. Present for CSV and NDJSON rows that were invalid when they were parsed. */
            line?: number;
            /** @enum {string} */
            status: "pending" | "created" | "failed" | "skipped" | "unknown";
            /** @description The email in the row, if any. */
            email?: string;
            user_id?: components["schemas"]["UserId"];
            error?: components["schemas"]["UserImportRowError"];
            /** @description All validation errors of the row, if there are several; `error` is the first of them. */
            errors?: components["schemas"]["UserImportRowError"][];
        };
        /**
         * @description The result of a dry run. Nothing was stored.
         * @example {
         *       "dry_run": true,
         *       "total": 3,
         *       "valid": 2,
         *       "failed": 1,
         *       "rows": [
         *         {
         *           "row": 2,
         *           "line": 3,
         *           "status": "failed",
         *           "error": {
         *             "code": "invalid_body",
         *             "message": "must match format \"email\"",
         *             "pointer": "/email"
         *           }
         *         }
         *       ]
         *     }
         */
        UserImportCheck: {
            /** @constant */
            dry_run: true;
            /** @description Rows in the upload. */
            total: number;
            /** @description Rows that would be sent to the authority. */
            valid: number;
            failed: number;
            /** @description The first invalid rows, a hundred at most. */
            rows: components["schemas"]["UserImportRow"][];
        };
        /**
         * @example {
         *       "rows": [
         *         {
         *           "row": 1,
         *           "status": "created",
         *           "email": "ada@acme.example",
         *           "user_id": "auth0|0b4f7f4e3c0a4a378a9e5a0a5b5c5d5e0000001"
         *         },
         *         {
         *           "row": 2,
         *           "status": "skipped",
         *           "email": "bob@acme.example"
         *         }
         *       ],
         *       "next_cursor": "Mg"
         *     }
         */
        UserImportRowList: {
            rows: components["schemas"]["UserImportRow"][];
            /** @description Present while there are more pages; pass it as `cursor`. */
            next_cursor?: string;
        };
        /**
         * @example {
         *       "name": "all",
         *       "burst": 50,
         *       "per_second": 16,
         *       "available": 47,
         *       "pace": 1,
         *       "refused": 0
         *     }
         */
        Bucket: {
            /** @description `all`, or the name of an endpoint group. */
            name: string;
            /** @description Capacity of the bucket in calls. */
            burst: number;
            /** @description Calls a second that the plan allows. */
            per_second: number;
            /** @description Calls that could be made now. */
            available: number;
            /** @description Fraction of that rate that is used. Reduced below 1 after refusals by the authority, then increased again step by step. */
            pace: number;
            /** @description Number of calls that the authority refused because of its rate limit. */
            refused: number;
            /**
             * Format: date-time
             * @description No call is made before this time.
             */
            paused_until?: string;
        };
        /**
         * @example {
         *       "buckets": [
         *         {
         *           "name": "all",
         *           "burst": 50,
         *           "per_second": 16,
         *           "available": 47,
         *           "pace": 1,
         *           "refused": 0
         *         },
         *         {
         *           "name": "organizations_write",
         *           "burst": 5,
         *           "per_second": 2.5,
         *           "available": 4,
         *           "pace": 1,
         *           "refused": 0
         *         }
         *       ],
         *       "exchanges": {
         *         "keys": 12,
         *         "made_this_month": 214,
         *         "seconds_per_exchange": 86400,
         *         "expected_per_month": 360
         *       }
         *     }
         */
        Budget: {
            buckets: components["schemas"]["Bucket"][];
            /** @description Client-credentials exchanges of API keys. The authority meters them: a plan includes a number of them each month. Tokens that tenants obtain with their keys themselves are not included. */
            exchanges: {
                /** @description API keys that were used within the last 30 days. */
                keys: number;
                /** @description By this deployment, in this calendar month (UTC). */
                made_this_month: number;
                /** @description How long the token of an exchange is used; absent before the first exchange. */
                seconds_per_exchange?: number;
                /** @description In 30 days, if each of these keys is in constant use; absent while `seconds_per_exchange` is. */
                expected_per_month?: number;
            };
        };
        /**
         * @description Chosen at creation; never changes.
         * @example acme
         */
        TenantId: string;
        /**
         * @example {
         *       "refusals": [
         *         {
         *           "time": "2026-11-23T09:00:00.000Z",
         *           "request_id": "0c1b4b6e-58b0-4cf1-b1a6-8f1f1b9a9c57",
         *           "operation": "createUser",
         *           "status": 403,
         *           "code": "insufficient_scope",
         *           "reason": "it needs create:users",
         *           "caller": "tenant",
         *           "tenant_id": "acme",
         *           "client_id": "Kq3nZ1b6w0mVxT8r",
         *           "count": 3
         *         }
         *       ]
         *     }
         */
        RefusalList: {
            refusals: {
                /** Format: date-time */
                time: string;
                /** @description Of the first one. */
                request_id: string;
                /** @description The operationId that was called. */
                operation: string;
                /** @description The HTTP status of the answer. */
                status: number;
                /** @description The problem code. */
                code: string;
                /** @description Why, in words that the caller was not told; absent when the code says it all. */
                reason?: string;
                /**
                 * @description Absent without a valid credential.
                 * @enum {string}
                 */
                caller?: "user" | "tenant" | "app" | "operator" | "registrant" | "registration" | "service" | "authority";
                tenant_id?: string;
                client_id?: string;
                user_id?: string;
                /** @description How often within a second. */
                count: number;
            }[];
            /** @description Present while there are more pages. */
            next_cursor?: string;
        };
        /**
         * @example {
         *       "buckets": [
         *         {
         *           "name": "all",
         *           "burst": 50,
         *           "per_second": 16,
         *           "available": 47,
         *           "pace": 1,
         *           "refused": 0
         *         }
         *       ],
         *       "backlogs": [
         *         {
         *           "flow": "tenant",
         *           "tenant_id": "acme",
         *           "pending": 12
         *         }
         *       ],
         *       "queues": [
         *         {
         *           "name": "relay",
         *           "lane": "interactive",
         *           "waiting": 12,
         *           "active": 4,
         *           "delayed": 0,
         *           "oldest_at": "2026-11-23T09:00:00.000Z"
         *         },
         *         {
         *           "name": "webhooks",
         *           "waiting": 0,
         *           "active": 0,
         *           "delayed": 0
         *         }
         *       ],
         *       "workers": {
         *         "alive": 2
         *       },
         *       "dead_letters": 0
         *     }
         */
        DeploymentState: {
            /** @description The rate budget, as in `GET /v1/budget`. */
            buckets: components["schemas"]["Bucket"][];
            /** @description Who has jobs that wait for the budget, those with the most first. */
            backlogs: {
                /**
                 * @description Callers without a tenant share a flow for each kind; `internal` is work of this deployment itself.
                 * @enum {string}
                 */
                flow: "tenant" | "operator" | "anonymous" | "registration" | "internal";
                /** @description Only of a tenant. */
                tenant_id?: string;
                /** @description Relay jobs that were accepted and have not ended. */
                pending: number;
            }[];
            queues: {
                /** @enum {string} */
                name: "relay" | "user-imports" | "import-jobs" | "webhooks";
                /**
                 * @description `interactive` reserves calls of the budget ahead, `bulk` uses what is free. Absent: its jobs do not call the authority.
                 * @enum {string}
                 */
                lane?: "interactive" | "bulk";
                waiting: number;
                active: number;
                delayed: number;
                /**
                 * Format: date-time
                 * @description When the oldest waiting job was queued; absent if none waits.
                 */
                oldest_at?: string;
            }[];
            workers: {
                /** @description Workers that gave a sign of life within 10 seconds. */
                alive: number;
            };
            /** @description How many there are: `GET /v1/dead-letters`. */
            dead_letters: number;
        };
        /**
         * @example {
         *       "public_url": {
         *         "url": "https://api.example.com",
         *         "leads_to": "here"
         *       },
         *       "clocks": {
         *         "api_ms": 3,
         *         "authority_ms": -210,
         *         "tolerance_ms": 5000
         *       },
         *       "redis": {
         *         "product": "redis",
         *         "version": "8.2.1",
         *         "role": "master",
         *         "appendonly": true,
         *         "last_append": "ok",
         *         "snapshots": false,
         *         "maxmemory_policy": "noeviction",
         *         "maxmemory": 0,
         *         "used_memory": 4194304
         *       },
         *       "workers": {
         *         "seen": true
         *       },
         *       "limits": [
         *         {
         *           "bucket": "all",
         *           "configured": 50,
         *           "reported": 50
         *         }
         *       ],
         *       "applications": {
         *         "limit": 100
         *       },
         *       "differences": {
         *         "total": 1,
         *         "first": [
         *           {
         *             "what": "missing_client",
         *             "client_id": "Kq3nZ1b6w0mVxT8r"
         *           }
         *         ]
         *       },
         *       "account_events": {
         *         "by": "none"
         *       }
         *     }
         */
        Diagnosis: {
            /** @description Whether this process reaches itself, or another process of this deployment, at `PUBLIC_URL`. */
            public_url: {
                url: string;
                /**
                 * @description `elsewhere`: something else answers. `nowhere`: nothing does, within some seconds.
                 * @enum {string}
                 */
                leads_to: "here" | "elsewhere" | "nowhere";
            };
            clocks: {
                /** @description How far the clock of this process is ahead of the one of Redis, ms. */
                api_ms: number;
                /** @description How far the clock of the authority is ahead of the one of this process, ms, to about a second, when its keys were last read. */
                authority_ms?: number;
                /** @description `CLOCK_TOLERANCE_SECONDS`. */
                tolerance_ms: number;
            };
            /** @description What Redis says of itself (INFO). Members that it does not tell are absent. */
            redis: {
                /** @enum {string} */
                product?: "redis" | "valkey";
                version?: string;
                role?: string;
                appendonly?: boolean;
                /** @enum {string} */
                last_append?: "ok" | "failed";
                /** @description Whether snapshots are configured (`save`). */
                snapshots?: boolean;
                maxmemory_policy?: string;
                /** @description Bytes; 0: no limit. */
                maxmemory?: number;
                /** @description Bytes. */
                used_memory?: number;
            };
            workers: {
                /** @description Whether a worker has given a sign of life within the last seconds. */
                seen: boolean;
            };
            /** @description Rate limits of the Management API, by bucket of the budget: as `AUTH0_PLAN` says, and as Auth0 has reported with the last call of this bucket. */
            limits: {
                bucket: string;
                configured: number;
                /** @description Absent until an answer of Auth0 named it. */
                reported?: number;
            }[];
            applications: {
                /** @description `APPLICATION_LIMIT`. */
                limit: number;
            };
            /** @description What the last comparison with Auth0 has found, and not repaired. */
            differences: {
                total: number;
                first: {
                    /** @description As in the events of the operator: `missing_client`. */
                    what: string;
                    client_id: string;
                }[];
            };
            /** @description How changes that are made at Auth0 itself come to this deployment. */
            account_events: {
                /** @enum {string} */
                by: "stream" | "poll" | "none";
                /**
                 * Format: date-time
                 * @description When the last one came.
                 */
                last_at?: string;
            };
        };
        /**
         * @example {
         *       "applications": {
         *         "used": 41
         *       },
         *       "missing_scopes": [],
         *       "vanished_clients": {
         *         "compared": true,
         *         "total": 1,
         *         "first": [
         *           {
         *             "client_id": "Kq3nZ1b6w0mVxT8r",
         *             "kind": "tenant",
         *             "tenant_id": "acme"
         *           }
         *         ]
         *       },
         *       "clocks": {
         *         "worker_ms": 2,
         *         "authority_ms": -180
         *       }
         *     }
         */
        AccountDiagnosis: {
            applications: {
                /** @description All applications of the account, whoever made them. */
                used: number;
            };
            /** @description Scopes of the Management API that the workers' client lacks. */
            missing_scopes: string[];
            vanished_clients: {
                /** @description false: the account has too many clients to compare them here. */
                compared: boolean;
                total: number;
                /** @description Those of which Auth0 has confirmed that they are gone. */
                first: {
                    client_id: string;
                    /** @enum {string} */
                    kind: "user" | "tenant" | "app";
                    tenant_id?: string;
                }[];
            };
            clocks: {
                /** @description How far the clock of the worker is ahead of the one of Redis, ms. */
                worker_ms: number;
                /** @description How far the clock of the authority is ahead of the one of the worker, ms, to about a second. */
                authority_ms?: number;
            };
        };
        /**
         * @example {
         *       "dead_letters": [
         *         {
         *           "job_id": "5b1c0f0e-6a0f-4a6a-9f5b-0a4b7c3d2e1f",
         *           "operation": "createUser",
         *           "tenant_id": "acme",
         *           "reason": "authority_refused_us",
         *           "code": "upstream_refused",
         *           "authority": {
         *             "status": 403,
         *             "error_code": "insufficient_scope",
         *             "endpoint": "POST /api/v2/users",
         *             "missing_scopes": [
         *               "create:users"
         *             ]
         *           },
         *           "request_id": "0c1b4b6e-58b0-4cf1-b1a6-8f1f1b9a9c57",
         *           "created_at": "2026-11-23T09:00:00.000Z",
         *           "died_at": "2026-11-23T09:00:01.000Z"
         *         }
         *       ]
         *     }
         */
        DeadLetterList: {
            dead_letters: {
                job_id: string;
                /** @description The operationId that was called. */
                operation: string;
                tenant_id?: string;
                /**
                 * @description `kills_workers`: every worker that ran the job crashed. `failed_inside`: an internal error; find it in the log by `request_id`. `authority_refused_us`: the authority refused our own credential, its scopes, or how we call. `not_in_plan`: the plan of the account at the authority lacks what the call needs.
                 * @enum {string}
                 */
                reason: "kills_workers" | "failed_inside" | "authority_refused_us" | "not_in_plan";
                /** @description The problem code that its caller got. */
                code: string;
                /** @description The refusal of the authority, if any, without its message text, which may quote the request. */
                authority?: {
                    /** @description HTTP status. */
                    status: number;
                    /** @description The authority's own code. */
                    error_code?: string;
                    /** @description Method and path, without ids. */
                    endpoint?: string;
                    /** @description Scopes of which the workers' client lacks; one of them has to be granted. */
                    missing_scopes?: string[];
                };
                request_id: string;
                /** Format: date-time */
                created_at: string;
                /** Format: date-time */
                died_at: string;
            }[];
            /** @description Present while there are more pages. */
            next_cursor?: string;
        };
        /**
         * @example {
         *       "id": "acme",
         *       "name": "Acme",
         *       "status": "active",
         *       "created_at": "2026-11-23T09:00:00.000Z",
         *       "limits": {
         *         "imports": 5,
         *         "api_keys": 20,
         *         "requests_per_minute": 6000,
         *         "requests_per_minute_per_principal": 3000
         *       },
         *       "max_limits": {
         *         "imports": 10,
         *         "api_keys": 20,
         *         "requests_per_minute": 6000,
         *         "requests_per_minute_per_principal": 3000
         *       },
         *       "assignable_roles": [
         *         "admin",
         *         "member"
         *       ],
         *       "allowed_roles": [
         *         "admin",
         *         "member"
         *       ],
         *       "default_app_access": "allow"
         *     }
         */
        Tenant: {
            id: string;
            name: string;
            /** @enum {string} */
            status: "active" | "suspended";
            /** Format: date-time */
            created_at: string;
            /** @description The limits in effect. */
            limits: {
                /** @description User imports that run at the same time. */
                imports: number;
                /** @description API keys; one that is being rotated counts twice. */
                api_keys: number;
                /** @description Requests of all its callers together. */
                requests_per_minute: number;
                /** @description Requests of one API key, one user, or one app for one user. */
                requests_per_minute_per_principal: number;
            };
            /** @description Upper bounds that the operator set for the tenant's own changes. */
            max_limits: {
                /** @description User imports that run at the same time. */
                imports: number;
                /** @description API keys; one that is being rotated counts twice. */
                api_keys: number;
                /** @description Requests of all its callers together. */
                requests_per_minute: number;
                /** @description Requests of one API key, one user, or one app for one user. */
                requests_per_minute_per_principal: number;
            };
            /** @description Roles that its callers may assign to its users. */
            assignable_roles: components["schemas"]["RoleName"][];
            /** @description Roles from which the tenant may choose its `assignable_roles`. */
            allowed_roles: components["schemas"]["RoleName"][];
            /**
             * @description Whether third-party apps without a decision of the tenant may act for its users.
             * @enum {string}
             */
            default_app_access: "allow" | "deny";
        };
        /**
         * @description Changes to a tenant by its own users and API keys.
         * @example {
         *       "name": "Acme Inc.",
         *       "limits": {
         *         "requests_per_minute": 3000
         *       },
         *       "assignable_roles": [
         *         "member"
         *       ],
         *       "default_app_access": "deny"
         *     }
         */
        TenantChanges: {
            name?: string;
            /** @description Each at most as high as in `max_limits`. */
            limits?: {
                imports?: number;
                api_keys?: number;
                requests_per_minute?: number;
                requests_per_minute_per_principal?: number;
            };
            /** @description A subset of `allowed_roles`. */
            assignable_roles?: components["schemas"]["RoleName"][];
            /**
             * @description Whether third-party apps without a decision of the tenant may act for its users.
             * @enum {string}
             */
            default_app_access?: "allow" | "deny";
        };
        /**
         * @example {
         *       "tenant": {
         *         "id": "acme",
         *         "name": "Acme"
         *       },
         *       "usage": {
         *         "since": "2026-11-22T10:00:00.000Z",
         *         "callers": [
         *           {
         *             "kind": "user",
         *             "requests": 1200,
         *             "refusals": 3,
         *             "failures": 0
         *           },
         *           {
         *             "kind": "tenant",
         *             "requests": 88,
         *             "refusals": 0,
         *             "failures": 0
         *           },
         *           {
         *             "kind": "app",
         *             "requests": 12,
         *             "refusals": 1,
         *             "failures": 0
         *           }
         *         ]
         *       },
         *       "api_keys": {
         *         "total": 3,
         *         "expiring": 1,
         *         "first": [
         *           {
         *             "client_id": "Kq3nZ1b6w0mVxT8r",
         *             "name": "Nightly sync",
         *             "ends_at": "2026-12-01T00:00:00.000Z"
         *           }
         *         ]
         *       },
         *       "apps": {
         *         "waiting": 0,
         *         "first": []
         *       },
         *       "user_imports": {
         *         "running": 0,
         *         "first": []
         *       },
         *       "webhooks": {
         *         "failing": 0,
         *         "first": []
         *       }
         *     }
         */
        TenantOverview: {
            tenant: {
                id: string;
                name: string;
            };
            /** @description Needs `read:usage`. */
            usage?: {
                /**
                 * Format: date-time
                 * @description Start of the first of 24 hours.
                 */
                since: string;
                callers: {
                    /**
                     * @description Single-page apps, API keys, or apps.
                     * @enum {string}
                     */
                    kind: "user" | "tenant" | "app";
                    requests: number;
                    /** @description Of those, how many were answered 4xx. */
                    refusals: number;
                    /** @description Of those, how many were answered 5xx. */
                    failures: number;
                }[];
            };
            /** @description Needs `manage:api_keys`. */
            api_keys?: {
                total: number;
                /** @description How many end within 30 days. */
                expiring: number;
                /** @description The first of those to end. */
                first: {
                    client_id: string;
                    name: string;
                    /**
                     * Format: date-time
                     * @description When it expires, or the overlap of its rotation ends.
                     */
                    ends_at: string;
                }[];
            };
            /** @description Needs `manage:apps`. */
            apps?: {
                /** @description Apps without a decision that may not act for users. */
                waiting: number;
                first: {
                    client_id: string;
                    name: string;
                    flags: string[];
                    /**
                     * Format: date-time
                     * @description When the decision before lapsed.
                     */
                    lapsed_at?: string;
                }[];
            };
            /** @description Needs `read:user_imports`. */
            user_imports?: {
                /** @description Imports that have not ended, paused ones included. */
                running: number;
                first: {
                    id: string;
                }[];
            };
            /** @description Needs `manage:webhooks`. */
            webhooks?: {
                /** @description Webhooks that fail, are not verified, or were disabled because of failures. */
                failing: number;
                first: {
                    id: string;
                    /** @enum {string} */
                    status: "unverified" | "enabled" | "disabled";
                    /** Format: date-time */
                    failing_since?: string;
                    pending: number;
                }[];
            };
        };
        /**
         * @example {
         *       "client_id": "Kq3nZ1b6w0mVxT8r",
         *       "name": "Nightly sync",
         *       "scopes": [
         *         "read:users",
         *         "create:users"
         *       ],
         *       "status": "active",
         *       "allowed_addresses": [
         *         "203.0.113.0/24"
         *       ],
         *       "created_at": "2026-11-23T09:00:00.000Z",
         *       "created_by": {
         *         "kind": "user",
         *         "id": "auth0|5f7c8ec7c33c6c004bbafe82"
         *       },
         *       "uses": 0
         *     }
         */
        ApiKey: {
            /** @description The first half of the key; not secret. */
            client_id: string;
            name: string;
            scopes: string[];
            /**
             * @description An expired key is refused, and deleted automatically soon after.
             * @enum {string}
             */
            status: "active" | "expired";
            /**
             * Format: date-time
             * @description From this time on the key is refused.
             */
            expires_at?: string;
            /** @description Addresses and ranges (CIDR) that the key may be used from. Absent, any address. */
            allowed_addresses?: string[];
            /** Format: date-time */
            created_at: string;
            /** @description The user, or the client id of the API key, that created or rotated this key. A key created by a key inherits its limits. Absent for a key that the operator created. */
            created_by?: {
                /** @enum {string} */
                kind: "user" | "tenant";
                id: string;
            };
            /** @description Requests made with it; up to a second behind. */
            uses: number;
            /** Format: date-time */
            last_used_at?: string;
            /** @description The client id of the key that it succeeds, as long as that one exists. */
            replaces?: string;
            /** @description The client id of its successor, during a rotation. */
            replaced_by?: string;
            /**
             * Format: date-time
             * @description When the overlap of the rotation ends and this key is deleted.
             */
            retires_at?: string;
        };
        /**
         * @example {
         *       "api_keys": [
         *         {
         *           "client_id": "Kq3nZ1b6w0mVxT8r",
         *           "name": "Nightly sync",
         *           "scopes": [
         *             "read:users",
         *             "create:users"
         *           ],
         *           "status": "active",
         *           "allowed_addresses": [
         *             "203.0.113.0/24"
         *           ],
         *           "created_at": "2026-11-23T09:00:00.000Z",
         *           "created_by": {
         *             "kind": "user",
         *             "id": "auth0|5f7c8ec7c33c6c004bbafe82"
         *           },
         *           "uses": 0
         *         }
         *       ]
         *     }
         */
        ApiKeyList: {
            api_keys: components["schemas"]["ApiKey"][];
        };
        /**
         * @example {
         *       "name": "Nightly sync",
         *       "scopes": [
         *         "read:users",
         *         "create:users"
         *       ],
         *       "allowed_addresses": [
         *         "203.0.113.0/24"
         *       ]
         *     }
         */
        NewApiKey: {
            /** @description Purpose of the key. */
            name: string;
            scopes: string[];
            /**
             * Format: date-time
             * @description In the future, and no later than the expiry of the API key that creates it. Default: no expiry, or that of the creating key. Stored and shown in UTC.
             */
            expires_at?: string;
            /** @description Addresses and CIDR ranges that the key may be used from, each within one of those of the API key that creates it. When omitted, any address, or those of the creating key. */
            allowed_addresses?: string[];
        };
        /**
         * @description A new key. Its secret is shown only once.
         * @example {
         *       "client_id": "Kq3nZ1b6w0mVxT8r",
         *       "name": "Nightly sync",
         *       "scopes": [
         *         "read:users",
         *         "create:users"
         *       ],
         *       "status": "active",
         *       "allowed_addresses": [
         *         "203.0.113.0/24"
         *       ],
         *       "created_at": "2026-11-23T09:00:00.000Z",
         *       "created_by": {
         *         "kind": "user",
         *         "id": "auth0|5f7c8ec7c33c6c004bbafe82"
         *       },
         *       "uses": 0,
         *       "client_secret": "shown-this-once"
         *     }
         */
        ApiKeyWithSecret: {
            /** @description The first half of the key; not secret. */
            client_id: string;
            /** @description The second half of the key. */
            client_secret: string;
            name: string;
            scopes: string[];
            /**
             * @description An expired key is refused, and deleted automatically soon after.
             * @enum {string}
             */
            status: "active" | "expired";
            /**
             * Format: date-time
             * @description From this time on the key is refused.
             */
            expires_at?: string;
            /** @description Addresses and ranges (CIDR) that the key may be used from. Absent, any address. */
            allowed_addresses?: string[];
            /** Format: date-time */
            created_at: string;
            /** @description The user, or the client id of the API key, that created or rotated this key. A key created by a key inherits its limits. Absent for a key that the operator created. */
            created_by?: {
                /** @enum {string} */
                kind: "user" | "tenant";
                id: string;
            };
            /** @description Requests made with it; up to a second behind. */
            uses: number;
            /** Format: date-time */
            last_used_at?: string;
            /** @description The client id of the key that it succeeds, as long as that one exists. */
            replaces?: string;
            /** @description The client id of its successor, during a rotation. */
            replaced_by?: string;
            /**
             * Format: date-time
             * @description When the overlap of the rotation ends and this key is deleted.
             */
            retires_at?: string;
        };
        /**
         * @description What to change about an API key. Its secret, expiry and allowed addresses stay.
         * @example {
         *       "scopes": [
         *         "read:users",
         *         "create:users",
         *         "update:users"
         *       ]
         *     }
         */
        ApiKeyChanges: {
            /** @description Purpose of the key. */
            name?: string;
            /** @description All scopes that the key has from then on. */
            scopes?: string[];
        };
        /**
         * @example {
         *       "overlap_seconds": 86400
         *     }
         */
        ApiKeyRotation: {
            /**
             * @description How long the old key remains valid. `0` revokes it immediately, so that it and its successor never count as two.
             * @default 86400
             */
            overlap_seconds: number;
            /**
             * Format: date-time
             * @description Expiry of the successor, no later than that of the API key that requests the rotation. Default: the expiry of the old key.
             */
            expires_at?: string;
        };
        /**
         * @description What else is worth knowing, in a flat object: ids, numbers, states. No names, emails or other personal data: it stays in the audit log and
         *     is delivered to webhooks.
         */
        EventDetails: {
            [key: string]: string | number | boolean;
        };
        /**
         * @example {
         *       "id": "0b0e7c2e-1df1-4b3c-9f5a-6a7a4d1f3f10",
         *       "seq": 4711,
         *       "type": "user.created",
         *       "time": "2026-11-23T09:00:00.000Z",
         *       "recorded_at": "2026-11-23T09:00:00.150Z",
         *       "tenant_id": "acme",
         *       "principal": {
         *         "kind": "app",
         *         "client_id": "tpc_9mWq2Zk1",
         *         "user_id": "auth0|5f7c8ec7c33c6c004bbafe82"
         *       },
         *       "operation": "createUser",
         *       "target": "auth0|6a7a4d1f3f100b0e7c2e1df1",
         *       "outcome": "succeeded",
         *       "status": 201,
         *       "request_id": "0c1b4b6e-58b0-4cf1-b1a6-8f1f1b9a9c57",
         *       "address": "203.0.113.7"
         *     }
         */
        AuditEvent: {
            /** Format: uuid */
            id: string;
            /** @description Sequence number in the log of the tenant, without gaps, in the order of recording. */
            seq: number;
            /**
             * @description What happened, such as `user.created`, `api_key.revoked`, `user_import.completed`. `request.refused`, `request.failed` and
             *     `request.unknown`: the request was refused, failed, or its outcome is unknown. Users of an import are covered by one
             *     `user_import.completed`, whose `target` is the import, and by a `user.created` each only if the import requests it
             *     (`user_events`).
             */
            type: string;
            /**
             * Format: date-time
             * @description When it happened.
             */
            time: string;
            /**
             * Format: date-time
             * @description When it was recorded (at most about a second later).
             */
            recorded_at: string;
            /** @description Absent for events that belong to no tenant. */
            tenant_id?: string;
            /** @description The principal that caused the event. `authority`: a change there that was not made through this API; `system`: a scheduled action of this API; `nobody`: a request without a valid credential. */
            principal: {
                /** @enum {string} */
                kind: "user" | "tenant" | "app" | "operator" | "service" | "authority" | "system" | "nobody";
                /** @description The API key, app or single-page app. */
                client_id?: string;
                /** @description The user, or the user for whom an app acted; who caused it, as a service says. */
                user_id?: string;
                /** @description The service behind the gateway that recorded it. */
                service?: string;
            };
            /** @description The operationId that was called. */
            operation?: string;
            /** @description The id of the resource that was created or changed. */
            target?: string;
            /**
             * @description `accepted`: the outcome is recorded as an event of its own.
             * @enum {string}
             */
            outcome: "succeeded" | "accepted" | "refused" | "failed" | "unknown";
            /** @description The HTTP status of the answer. */
            status?: number;
            /** @description The problem code, unless it succeeded. */
            code?: string;
            details?: components["schemas"]["EventDetails"];
            request_id?: string;
            /** @description The address of the caller. */
            address?: string;
            /** @description Number of identical consecutive events that this event aggregates. */
            count?: number;
        };
        /**
         * @example {
         *       "events": [
         *         {
         *           "id": "0b0e7c2e-1df1-4b3c-9f5a-6a7a4d1f3f10",
         *           "seq": 4711,
         *           "type": "request.refused",
         *           "time": "2026-11-23T09:00:00.000Z",
         *           "recorded_at": "2026-11-23T09:00:00.150Z",
         *           "tenant_id": "acme",
         *           "principal": {
         *             "kind": "tenant",
         *             "client_id": "Kq3nZ1b6w0mVxT8r"
         *           },
         *           "operation": "deleteUser",
         *           "target": "auth0|6a7a4d1f3f100b0e7c2e1df1",
         *           "outcome": "refused",
         *           "status": 403,
         *           "code": "insufficient_scope",
         *           "request_id": "0c1b4b6e-58b0-4cf1-b1a6-8f1f1b9a9c57",
         *           "address": "203.0.113.7"
         *         }
         *       ]
         *     }
         */
        AuditEventList: {
            events: components["schemas"]["AuditEvent"][];
            /** @description Present while there are more events to search. */
            next_cursor?: string;
        };
        /**
         * @example {
         *       "requests": 1200,
         *       "refusals": 3,
         *       "failures": 0,
         *       "relay_calls": 800,
         *       "rows_created": 0,
         *       "latency": {
         *         "mean_ms": 92.5,
         *         "max_ms": 611,
         *         "p50_ms": 100,
         *         "p95_ms": 200,
         *         "p99_ms": 500
         *       }
         *     }
         */
        UsageFigures: {
            /** @description Requests with a valid credential. */
            requests: number;
            /** @description Of those, how many were answered 4xx. */
            refusals: number;
            /** @description Of those, how many were answered 5xx. */
            failures: number;
            /** @description Management API calls made for the tenant. */
            relay_calls: number;
            /** @description Users created by user imports. */
            rows_created: number;
            /** @description From the arrival of a request to its answer. Percentiles are upper bounds of histogram buckets (1, 2, 5, 10, 20, 50 … ms); absent without requests, or beyond the last bucket, 10 s. */
            latency: {
                mean_ms?: number;
                max_ms?: number;
                p50_ms?: number;
                p95_ms?: number;
                p99_ms?: number;
            };
        };
        /**
         * @example {
         *       "interval": "hour",
         *       "from": "2026-11-23T09:00:00.000Z",
         *       "before": "2026-11-23T10:00:00.000Z",
         *       "totals": {
         *         "requests": 1,
         *         "refusals": 0,
         *         "failures": 0,
         *         "relay_calls": 1,
         *         "rows_created": 0,
         *         "latency": {
         *           "mean_ms": 92.5,
         *           "max_ms": 92.5,
         *           "p50_ms": 100,
         *           "p95_ms": 100,
         *           "p99_ms": 100
         *         }
         *       },
         *       "clients": [
         *         {
         *           "client_id": "Kq3nZ1b6w0mVxT8r",
         *           "kind": "tenant",
         *           "figures": {
         *             "requests": 1,
         *             "refusals": 0,
         *             "failures": 0,
         *             "relay_calls": 1,
         *             "rows_created": 0,
         *             "latency": {
         *               "mean_ms": 92.5,
         *               "max_ms": 92.5,
         *               "p50_ms": 100,
         *               "p95_ms": 100,
         *               "p99_ms": 100
         *             }
         *           }
         *         }
         *       ],
         *       "series": [
         *         {
         *           "start": "2026-11-23T09:00:00.000Z",
         *           "figures": {
         *             "requests": 1,
         *             "refusals": 0,
         *             "failures": 0,
         *             "relay_calls": 1,
         *             "rows_created": 0,
         *             "latency": {
         *               "mean_ms": 92.5,
         *               "max_ms": 92.5,
         *               "p50_ms": 100,
         *               "p95_ms": 100,
         *               "p99_ms": 100
         *             }
         *           }
         *         }
         *       ]
         *     }
         */
        Usage: {
            /** @enum {string} */
            interval: "hour" | "day";
            /**
             * Format: date-time
             * @description Start of the first period.
             */
            from: string;
            /**
             * Format: date-time
             * @description End of the last one.
             */
            before: string;
            totals: components["schemas"]["UsageFigures"];
            /** @description Totals of each client, sorted by the number of requests, highest first. */
            clients: {
                client_id: string;
                /**
                 * @description Single-page app, API key, or app.
                 * @enum {string}
                 */
                kind: "user" | "tenant" | "app";
                figures: components["schemas"]["UsageFigures"];
            }[];
            series: {
                /** Format: date-time */
                start: string;
                figures: components["schemas"]["UsageFigures"];
            }[];
        };
        /**
         * @example {
         *       "id": "wh_5b1c0f0e6a0f4a6a9f5b0a4b7c3d2e1f",
         *       "url": "https://hooks.example.com/trivium",
         *       "event_types": [
         *         "user.created"
         *       ],
         *       "ordered": false,
         *       "status": "enabled",
         *       "verified_at": "2026-11-23T09:00:01.000Z",
         *       "pending": 0,
         *       "created_at": "2026-11-23T09:00:00.000Z"
         *     }
         */
        Webhook: {
            id: string;
            /** Format: uri */
            url: string;
            event_types: string[];
            ordered: boolean;
            /**
             * @description `unverified`: the endpoint has not answered the challenge yet; no events are sent to it.
             * @enum {string}
             */
            status: "unverified" | "enabled" | "disabled";
            /**
             * @description `gone`: the endpoint answered 410. `failing`: every delivery failed for days.
             * @enum {string}
             */
            disabled_because?: "asked" | "gone" | "failing";
            /**
             * Format: date-time
             * @description When its endpoint answered the challenge at this URL.
             */
            verified_at?: string;
            /**
             * Format: date-time
             * @description Every delivery since then has failed.
             */
            failing_since?: string;
            /** @description Events not delivered yet. */
            pending: number;
            /** Format: date-time */
            created_at: string;
        };
        /**
         * @example {
         *       "webhooks": [
         *         {
         *           "id": "wh_5b1c0f0e6a0f4a6a9f5b0a4b7c3d2e1f",
         *           "url": "https://hooks.example.com/trivium",
         *           "event_types": [
         *             "user.created"
         *           ],
         *           "ordered": false,
         *           "status": "enabled",
         *           "verified_at": "2026-11-23T09:00:01.000Z",
         *           "pending": 0,
         *           "created_at": "2026-11-23T09:00:00.000Z"
         *         }
         *       ]
         *     }
         */
        WebhookList: {
            webhooks: components["schemas"]["Webhook"][];
        };
        /**
         * @example {
         *       "url": "https://hooks.example.com/trivium",
         *       "event_types": [
         *         "user.created",
         *         "user_import.completed",
         *         "api_key.revoked"
         *       ]
         *     }
         */
        NewWebhook: {
            /** Format: uri */
            url: string;
            /** @description Event types, as in the audit log. */
            event_types: string[];
            /**
             * @description Delivers events one at a time, in the order of the audit log, each after the previous one was delivered or given up. A failing delivery delays those behind it.
             * @default false
             */
            ordered: boolean;
        };
        /**
         * @example {
         *       "id": "wh_5b1c0f0e6a0f4a6a9f5b0a4b7c3d2e1f",
         *       "url": "https://hooks.example.com/trivium",
         *       "event_types": [
         *         "user.created"
         *       ],
         *       "ordered": false,
         *       "status": "unverified",
         *       "pending": 0,
         *       "created_at": "2026-11-23T09:00:00.000Z",
         *       "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
         *     }
         */
        WebhookWithSecret: {
            id: string;
            /** Format: uri */
            url: string;
            event_types: string[];
            ordered: boolean;
            /**
             * @description `unverified`: the endpoint has not answered the challenge yet; no events are sent to it.
             * @enum {string}
             */
            status: "unverified" | "enabled" | "disabled";
            /**
             * @description `gone`: the endpoint answered 410. `failing`: every delivery failed for days.
             * @enum {string}
             */
            disabled_because?: "asked" | "gone" | "failing";
            /**
             * Format: date-time
             * @description When its endpoint answered the challenge at this URL.
             */
            verified_at?: string;
            /**
             * Format: date-time
             * @description Every delivery since then has failed.
             */
            failing_since?: string;
            /** @description Events not delivered yet. */
            pending: number;
            /** Format: date-time */
            created_at: string;
            /** @description For verifying signatures (`whsec_…`). Shown only once. */
            secret: string;
        };
        /**
         * @example {
         *       "status": "enabled"
         *     }
         */
        WebhookChanges: {
            /** Format: uri */
            url?: string;
            /** @description Event types, as in the audit log. */
            event_types?: string[];
            /** @enum {string} */
            status?: "enabled" | "disabled";
        };
        /**
         * @example {
         *       "overlap_seconds": 86400
         *     }
         */
        WebhookRotation: {
            /**
             * @description How long the old secret remains valid. `0` for one that leaked.
             * @default 86400
             */
            overlap_seconds: number;
        };
        /**
         * @example {
         *       "from": "2026-11-23T09:00:00.000Z"
         *     }
         */
        WebhookReplay: {
            /**
             * Format: date-time
             * @description Replays events recorded at this time or later (`recorded_at`).
             */
            from: string;
        };
        /**
         * @example {
         *       "deliveries": [
         *         {
         *           "event_id": "0b0e7c2e-1df1-4b3c-9f5a-6a7a4d1f3f10",
         *           "type": "user.created",
         *           "attempt": 1,
         *           "time": "2026-11-23T09:00:00.000Z",
         *           "result": "delivered",
         *           "status": 204,
         *           "ms": 41
         *         }
         *       ]
         *     }
         */
        WebhookDeliveryList: {
            deliveries: {
                /** @description Also sent as `webhook-id`. */
                event_id: string;
                /** @description Type of the event, or `webhook.verification`. */
                type: string;
                attempt: number;
                /** Format: date-time */
                time: string;
                /**
                 * @description `failed`: it will be retried. `given_up`: it will not be retried, but can be replayed.
                 * @enum {string}
                 */
                result: "delivered" | "failed" | "given_up";
                /** @description The HTTP status that the endpoint answered. */
                status?: number;
                /**
                 * @description `address_refused`: the endpoint has no address on the public internet. `not_agreed`: it answered `webhook.verification` without the challenge.
                 * @enum {string}
                 */
                error?: "timeout" | "address_refused" | "unreachable" | "not_agreed";
                /**
                 * @description The cause of `unreachable` and `timeout`: the name could not be resolved, the connection failed or was lost, the certificate is not trusted (or the server does not speak TLS), or the answer took too long.
                 * @enum {string}
                 */
                reason?: "name" | "connection" | "certificate" | "time";
                ms: number;
                /**
                 * Format: date-time
                 * @description Time of the next attempt.
                 */
                next_at?: string;
            }[];
        };
        /**
         * @example {
         *       "tenant_id": "acme",
         *       "type": "order.shipped",
         *       "target": "7a0f6a0e-5a52-4f0c-9a5e-0e4d1b0a7c11",
         *       "details": {
         *         "parcels": 2,
         *         "carrier": "dhl"
         *       }
         *     }
         */
        NewServiceEvent: {
            tenant_id: components["schemas"]["TenantId"];
            /** @description One of the types that are declared for the service. */
            type: string;
            /** @description The id of what it happened to, as the service knows it. */
            target?: string;
            /** @description The user who caused it, `sub` of the principal. Recorded as the service says, not looked up. */
            user_id?: components["schemas"]["UserId"];
            details?: components["schemas"]["EventDetails"];
        };
        /**
         * @example {
         *       "id": "0b0e7c2e-1df1-4b3c-9f5a-6a7a4d1f3f10",
         *       "time": "2026-11-30T09:00:00.000Z"
         *     }
         */
        ServiceEvent: {
            /**
             * Format: uuid
             * @description Of the event, in the audit log and, as `webhook-id`, in deliveries.
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was recorded first.
             */
            time: string;
        };
        /**
         * @description An event as Auth0 delivers it (CloudEvents 1.0). `user.created`, `user.updated`, `user.deleted`, `organization.member.added` and
         *     `organization.member.deleted` are processed. Only ids, times and whether the user is blocked are kept of it.
         * @example {
         *       "specversion": "1.0",
         *       "id": "evt_6SfwXrtm8nVcjzzNCFFH1L",
         *       "type": "user.updated",
         *       "source": "urn:auth0:example.eu.auth0.com",
         *       "time": "2026-11-23T09:00:00.150Z",
         *       "data": {
         *         "object": {
         *           "user_id": "auth0|5f7c8ec7c33c6c004bbafe82",
         *           "blocked": true,
         *           "updated_at": "2026-11-23T09:00:00.000Z",
         *           "app_metadata": {
         *             "tenant_id": "acme",
         *             "roles": [
         *               "member"
         *             ]
         *           }
         *         }
         *       },
         *       "a0tenant": "example",
         *       "a0stream": "est_kh8FhJtLmm5hwVNZYMLWEU"
         *     }
         */
        NewAuthorityEvent: {
            specversion?: string;
            id: string;
            type: string;
            source?: string;
            /** Format: date-time */
            time: string;
            data: {
                object: {
                    [key: string]: unknown;
                };
                previous_object?: {
                    [key: string]: unknown;
                } | null;
            } & {
                [key: string]: unknown;
            };
            a0purpose?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description An OAuth error (RFC 6749 section 5.2, RFC 7591 section 3.2.2).
         * @example {
         *       "error": "invalid_redirect_uri",
         *       "error_description": "redirect_uris[0] has a fragment"
         *     }
         */
        OAuthError: {
            error: string;
            error_description: string;
        };
        /**
         * @description A third-party app, in the view of a tenant.
         * @example {
         *       "client_id": "tpc_3wQk9ZpL1mNvR7tYxC4bHd",
         *       "name": "Example Reports",
         *       "registration": "dynamic",
         *       "status": "pending",
         *       "flags": [],
         *       "scopes": [
         *         "read:users"
         *       ],
         *       "redirect_uris": [
         *         "https://reports.example/callback"
         *       ],
         *       "version": "3b1uM2kQ9ZpL1mNv",
         *       "registered_at": "2026-11-23T09:00:00.000Z",
         *       "decision": "undecided",
         *       "access": "denied",
         *       "users": 0,
         *       "vouched_for": false
         *     }
         */
        TenantApp: {
            client_id: string;
            /** @description The name that the app registered. */
            name: string;
            /**
             * @description How the app was registered.
             * @enum {string}
             */
            registration: "dynamic" | "metadata_document";
            /**
             * @description The decision of the operator, for all tenants.
             * @enum {string}
             */
            status: "pending" | "approved" | "blocked";
            /** @description Reasons to review its name or logo. */
            flags: ("operator_name" | "mixed_scripts" | "confusable_name" | "operator_logo")[];
            /** @description All scopes that it may request from users. */
            scopes: string[];
            redirect_uris: string[];
            /** @description As the app registered it, like all URLs here; never fetched. */
            client_uri?: string;
            logo_uri?: string;
            /** @description Version of the properties that decisions are based on. Changes with the name, logo, page, keys, redirect hosts and scopes of the app. */
            version: string;
            /** Format: date-time */
            registered_at: string;
            /**
             * Format: date-time
             * @description Up to a second behind.
             */
            last_used_at?: string;
            /**
             * @description The decision of the tenant.
             * @enum {string}
             */
            decision: "allowed" | "denied" | "undecided";
            /**
             * @description The resulting access for its users.
             * @enum {string}
             */
            access: "allowed" | "denied" | "blocked";
            /** @description For how many users of the tenant it acted within 30 days and whose consent is not withdrawn; up to 100,000. */
            users: number;
            /** @description It registered with an initial access token of the tenant. */
            vouched_for: boolean;
            /**
             * Format: date-time
             * @description When the decision or voucher of the tenant lapsed, because the app has another name, logo, page, key or redirect host, or more scopes. A new decision is needed.
             */
            lapsed_at?: string;
            /** Format: date-time */
            decided_at?: string;
            decided_by?: {
                /** @enum {string} */
                kind: "user" | "tenant";
                id: string;
            };
        };
        /**
         * @example {
         *       "apps": [
         *         {
         *           "client_id": "tpc_3wQk9ZpL1mNvR7tYxC4bHd",
         *           "name": "Example Reports",
         *           "registration": "dynamic",
         *           "status": "pending",
         *           "flags": [],
         *           "scopes": [
         *             "read:users"
         *           ],
         *           "redirect_uris": [
         *             "https://reports.example/callback"
         *           ],
         *           "version": "3b1uM2kQ9ZpL1mNv",
         *           "registered_at": "2026-11-23T09:00:00.000Z",
         *           "decision": "undecided",
         *           "access": "denied",
         *           "users": 0,
         *           "vouched_for": false
         *         }
         *       ]
         *     }
         */
        TenantAppList: {
            apps: components["schemas"]["TenantApp"][];
            /** @description Absent on the last page. */
            next_cursor?: string;
        };
        /**
         * @example {
         *       "decision": "allowed",
         *       "version": "3b1uM2kQ9ZpL1mNv"
         *     }
         */
        AppDecision: {
            /**
             * @description `undecided` withdraws an earlier decision.
             * @enum {string}
             */
            decision: "allowed" | "denied" | "undecided";
            /** @description The `version` that the decision is based on. When the app has changed since, the answer is 412, and nothing is decided. */
            version?: string;
        };
        /**
         * @example {
         *       "id": "Jq3nZ1b6w0mVxT8r",
         *       "name": "For our partner",
         *       "max_uses": 1,
         *       "uses": 0,
         *       "created_at": "2026-11-23T09:00:00.000Z",
         *       "expires_at": "2026-11-24T09:00:00.000Z"
         *     }
         */
        InitialAccessToken: {
            id: string;
            name: string;
            max_uses: number;
            /** @description Number of apps registered with it. */
            uses: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
        };
        /**
         * @example {
         *       "initial_access_tokens": [
         *         {
         *           "id": "Jq3nZ1b6w0mVxT8r",
         *           "name": "For our partner",
         *           "max_uses": 1,
         *           "uses": 0,
         *           "created_at": "2026-11-23T09:00:00.000Z",
         *           "expires_at": "2026-11-24T09:00:00.000Z"
         *         }
         *       ]
         *     }
         */
        InitialAccessTokenList: {
            initial_access_tokens: components["schemas"]["InitialAccessToken"][];
        };
        /**
         * @example {
         *       "name": "For our partner",
         *       "max_uses": 1
         *     }
         */
        NewInitialAccessToken: {
            /** @description Recipient of the token. */
            name: string;
            /**
             * @description Maximum number of apps registered with it.
             * @default 1
             */
            max_uses: number;
            /** @description Default: a day, or the remaining lifetime of the API key that issues it, if shorter. 90 days at most. */
            expires_in_seconds?: number;
        };
        /**
         * @description A new initial access token. It is shown only once.
         * @example {
         *       "id": "Jq3nZ1b6w0mVxT8r",
         *       "name": "For our partner",
         *       "max_uses": 1,
         *       "uses": 0,
         *       "created_at": "2026-11-23T09:00:00.000Z",
         *       "expires_at": "2026-11-24T09:00:00.000Z",
         *       "token": "shown-this-once"
         *     }
         */
        InitialAccessTokenWithSecret: {
            id: string;
            name: string;
            max_uses: number;
            /** @description Number of apps registered with it. */
            uses: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            expires_at: string;
            /** @description Sent as `Authorization: Bearer` to `POST /oauth/register`. */
            token: string;
        };
        /**
         * @description A third-party app.
         * @example {
         *       "client_id": "tpc_3wQk9ZpL1mNvR7tYxC4bHd",
         *       "name": "Example Reports",
         *       "registration": "dynamic",
         *       "status": "pending",
         *       "flags": [],
         *       "scopes": [
         *         "read:users"
         *       ],
         *       "redirect_uris": [
         *         "https://reports.example/callback"
         *       ],
         *       "version": "3b1uM2kQ9ZpL1mNv",
         *       "registered_at": "2026-11-23T09:00:00.000Z"
         *     }
         */
        App: {
            client_id: string;
            /** @description The name that the app registered. */
            name: string;
            /**
             * @description How the app was registered.
             * @enum {string}
             */
            registration: "dynamic" | "metadata_document";
            /**
             * @description The decision of the operator, for all tenants.
             * @enum {string}
             */
            status: "pending" | "approved" | "blocked";
            /** @description Reasons to review its name or logo. */
            flags: ("operator_name" | "mixed_scripts" | "confusable_name" | "operator_logo")[];
            /** @description All scopes that it may request from users. */
            scopes: string[];
            redirect_uris: string[];
            /** @description As the app registered it, like all URLs here; never fetched. */
            client_uri?: string;
            logo_uri?: string;
            /** @description Version of the properties that decisions are based on. Changes with the name, logo, page, keys, redirect hosts and scopes of the app. */
            version: string;
            /** Format: date-time */
            registered_at: string;
            /**
             * Format: date-time
             * @description Up to a second behind.
             */
            last_used_at?: string;
            /**
             * Format: date-time
             * @description When the approval lapsed, because the app has another name, logo, page, key or redirect host, or more scopes. A new decision is needed.
             */
            lapsed_at?: string;
            /** @description The tenant whose initial access token it registered with. */
            vouched_by?: string;
            /** @description The issuer of the software statement that it registered with. */
            statement_issuer?: string;
        };
        /**
         * @example {
         *       "apps": [
         *         {
         *           "client_id": "tpc_3wQk9ZpL1mNvR7tYxC4bHd",
         *           "name": "Example Reports",
         *           "registration": "dynamic",
         *           "status": "pending",
         *           "flags": [],
         *           "scopes": [
         *             "read:users"
         *           ],
         *           "redirect_uris": [
         *             "https://reports.example/callback"
         *           ],
         *           "version": "3b1uM2kQ9ZpL1mNv",
         *           "registered_at": "2026-11-23T09:00:00.000Z"
         *         }
         *       ]
         *     }
         */
        AppList: {
            apps: components["schemas"]["App"][];
            /** @description Absent on the last page. */
            next_cursor?: string;
        };
        /**
         * @example {
         *       "status": "approved",
         *       "version": "3b1uM2kQ9ZpL1mNv"
         *     }
         */
        AppChanges: {
            /** @enum {string} */
            status: "pending" | "approved" | "blocked";
            /** @description The `version` that the decision is based on. When the app has changed since, the answer is 412, and nothing is decided. */
            version?: string;
        };
        /**
         * @description Whether a tenant has it with others or for itself.
         * @example shared
         * @enum {string}
         */
        TenantPart: "shared" | "own";
        /**
         * @description The change-over of a tenant.
         * @example {
         *       "tenant_id": "acme",
         *       "state": "previewed",
         *       "web_app": "shared",
         *       "organization": "new",
         *       "users": 120000,
         *       "new_members": 120000,
         *       "calls": 13203,
         *       "expected_minutes": 60,
         *       "deleted_web_apps": 1
         *     }
         * @example {
         *       "tenant_id": "acme",
         *       "state": "open",
         *       "web_app": "shared",
         *       "organization": "org_p1Bq9Zx3LmT7cV2n",
         *       "members_up_to": "2026-11-23T09:00:00.000Z",
         *       "since": "2026-11-23T10:00:00.000Z",
         *       "ends_at": "2026-12-01T00:00:00.000Z"
         *     }
         */
        ChangeOver: {
            tenant_id: components["schemas"]["TenantId"];
            /**
             * @description `previewed`: a dry run; `preparing`: the old way is accepted; `open`: both are; `finishing`: both are, until the old one is removed.
             * @enum {string}
             */
            state: "previewed" | "preparing" | "open" | "finishing";
            /**
             * @description Present if it is to share the deployment's single-page app.
             * @constant
             */
            web_app?: "shared";
            /** @description Id of the organization that it is to be; `new` while there is none yet. Absent if it is to be none. */
            organization?: string;
            /** @description Dry run: its users. They stay, with their ids, passwords and roles. */
            users?: number;
            /** @description Dry run: users that would become members of the organization. */
            new_members?: number;
            /** @description Dry run: approximate number of calls to the authority. */
            calls?: number;
            /** @description Dry run: duration at the rate limits of the plan (AUTH0_PLAN), if nothing else adds members. */
            expected_minutes?: number;
            /** @description Dry run: clients of its own that finishing would delete. */
            deleted_web_apps?: number;
            /**
             * Format: date-time
             * @description Users who were created up to then are members.
             */
            members_up_to?: string;
            /** Format: date-time */
            since?: string;
            /**
             * Format: date-time
             * @description When it is finished without a request.
             */
            ends_at?: string;
        };
        /**
         * @description A single-page app of a tenant's own.
         * @example {
         *       "kind": "own",
         *       "client_id": "Kq3nZ1b6w0mVxT8r",
         *       "origins": [
         *         "https://acme.example.com"
         *       ],
         *       "callback_urls": [
         *         "https://acme.example.com/callback"
         *       ],
         *       "logout_urls": [
         *         "https://acme.example.com"
         *       ]
         *     }
         */
        WebApp: {
            /** @constant */
            kind: "own";
            /** @description Its client at the authority. */
            client_id: string;
            origins: string[];
            callback_urls: string[];
            logout_urls: string[];
        };
        /**
         * @description The deployment's own single-page app, to which the users of all tenants without one of their own sign in.
         * @example {
         *       "kind": "shared"
         *     }
         */
        SharedWebApp: {
            /** @constant */
            kind: "shared";
        };
        /**
         * @description A tenant, in the view of the operator.
         * @example {
         *       "id": "acme",
         *       "name": "Acme",
         *       "status": "active",
         *       "created_at": "2026-11-23T09:00:00.000Z",
         *       "limits": {
         *         "imports": 5,
         *         "api_keys": 20,
         *         "requests_per_minute": 6000,
         *         "requests_per_minute_per_principal": 3000
         *       },
         *       "max_limits": {
         *         "imports": 10,
         *         "api_keys": 20,
         *         "requests_per_minute": 6000,
         *         "requests_per_minute_per_principal": 3000
         *       },
         *       "assignable_roles": [
         *         "admin",
         *         "member"
         *       ],
         *       "allowed_roles": [
         *         "admin",
         *         "member"
         *       ],
         *       "default_app_access": "allow",
         *       "database": "own",
         *       "connection": "acme-users",
         *       "email_domains": [
         *         "acme.example"
         *       ],
         *       "web_app": {
         *         "kind": "own",
         *         "client_id": "Kq3nZ1b6w0mVxT8r",
         *         "origins": [
         *           "https://acme.example.com"
         *         ],
         *         "callback_urls": [
         *           "https://acme.example.com/callback"
         *         ],
         *         "logout_urls": [
         *           "https://acme.example.com"
         *         ]
         *       }
         *     }
         */
        OperatedTenant: {
            id: components["schemas"]["TenantId"];
            name: string;
            /**
             * @description Callers of the tenant are refused unless it is active.
             * @enum {string}
             */
            status: "creating" | "active" | "suspended" | "deleting";
            /** Format: date-time */
            created_at: string;
            /** @description The limits in effect. */
            limits: {
                /** @description User imports that run at the same time. */
                imports: number;
                /** @description API keys; one that is being rotated counts twice. */
                api_keys: number;
                /** @description Requests of all its callers together. */
                requests_per_minute: number;
                /** @description Requests of one API key, one user, or one app for one user. */
                requests_per_minute_per_principal: number;
            };
            /** @description Upper bounds that the operator set for the tenant's own changes. */
            max_limits: {
                /** @description User imports that run at the same time. */
                imports: number;
                /** @description API keys; one that is being rotated counts twice. */
                api_keys: number;
                /** @description Requests of all its callers together. */
                requests_per_minute: number;
                /** @description Requests of one API key, one user, or one app for one user. */
                requests_per_minute_per_principal: number;
            };
            /** @description Roles that its callers may assign to its users. */
            assignable_roles: components["schemas"]["RoleName"][];
            /** @description Roles from which the tenant may choose its `assignable_roles`. */
            allowed_roles: components["schemas"]["RoleName"][];
            /**
             * @description Whether third-party apps without a decision of the tenant may act for its users.
             * @enum {string}
             */
            default_app_access: "allow" | "deny";
            /** @description Whether its connection may store users of other tenants, too. */
            database: components["schemas"]["TenantPart"];
            /** @description The connection at the authority that stores its users. */
            connection: string;
            /** @description Id of its organization at the authority. Absent when it is none. */
            organization?: string;
            /** @description Its change-over, while that lasts. */
            change_over?: components["schemas"]["ChangeOver"];
            /** @description Domains of its users' email addresses, which lead users of third-party apps to its sign-in page. */
            email_domains: string[];
            /** @description The app at which its users sign in. Lists of tenants omit web apps that are a tenant's own. */
            web_app?: components["schemas"]["WebApp"] | components["schemas"]["SharedWebApp"];
        };
        /**
         * @example {
         *       "tenants": [
         *         {
         *           "id": "acme",
         *           "name": "Acme",
         *           "status": "active",
         *           "created_at": "2026-11-23T09:00:00.000Z",
         *           "limits": {
         *             "imports": 5,
         *             "api_keys": 20,
         *             "requests_per_minute": 6000,
         *             "requests_per_minute_per_principal": 3000
         *           },
         *           "max_limits": {
         *             "imports": 10,
         *             "api_keys": 20,
         *             "requests_per_minute": 6000,
         *             "requests_per_minute_per_principal": 3000
         *           },
         *           "assignable_roles": [
         *             "admin",
         *             "member"
         *           ],
         *           "allowed_roles": [
         *             "admin",
         *             "member"
         *           ],
         *           "default_app_access": "allow",
         *           "database": "own",
         *           "connection": "acme-users",
         *           "email_domains": [
         *             "acme.example"
         *           ]
         *         }
         *       ],
         *       "next_cursor": "YWNtZQ"
         *     }
         */
        OperatedTenantList: {
            tenants: components["schemas"]["OperatedTenant"][];
            /** @description Present while there are more pages. */
            next_cursor?: string;
        };
        /**
         * @description URLs of a tenant's single-page app.
         * @example {
         *       "origins": [
         *         "https://acme.example.com"
         *       ],
         *       "callback_urls": [
         *         "https://acme.example.com/callback"
         *       ]
         *     }
         */
        NewWebApp: {
            /** @description Scheme, host and port as in the `Origin` header: `https://acme.example.com`. http on loopback only. */
            origins: string[];
            /** @description Redirect URLs after sign-in; https, or http on loopback. */
            callback_urls: string[];
            /** @description Redirect URLs after sign-out; the origins, when omitted. */
            logout_urls?: string[];
        };
        /**
         * @description A tenant to create.
         * @example {
         *       "id": "acme",
         *       "name": "Acme",
         *       "web_app": {
         *         "origins": [
         *           "https://acme.example.com"
         *         ],
         *         "callback_urls": [
         *           "https://acme.example.com/callback"
         *         ]
         *       },
         *       "admin": {
         *         "email": "ada@acme.example"
         *       },
         *       "api_key": {
         *         "name": "First key",
         *         "scopes": [
         *           "read:users",
         *           "create:users"
         *         ]
         *       },
         *       "max_limits": {
         *         "api_keys": 20
         *       }
         *     }
         */
        NewTenant: {
            id: components["schemas"]["TenantId"];
            name: string;
            /**
             * @description Whether its users live in a database connection that other tenants have, too (`shared`: SHARED_DATABASE, or the one that `connection`
             *     names), or in one that is created for it and named `<id>-users` (`own`). Left out, the deployment's default; with `connection`, `shared`.
             */
            database?: components["schemas"]["TenantPart"];
            /** @description An existing database connection at the authority that its users live in, with those of other tenants. None that is a tenant's own. */
            connection?: string;
            /**
             * @description Addresses of a single-page app of its own, whose client is created. Left out, its users sign in to the deployment's own
             *     single-page app (WEB_APP_CLIENT_IDS), with those of other tenants.
             */
            web_app?: components["schemas"]["NewWebApp"];
            /**
             * @description Whether the tenant is an Auth0 organization, whose members are its users: `new` creates one named like the tenant's id, `org_…`
             *     takes over one that exists, `none` is without. Left out, the deployment's default. The tenant's connection is enabled in it,
             *     third-party apps may act in it, and `tenant_id` in its metadata names the tenant: one that names another tenant is refused.
             */
            organization?: string;
            /** @description Its first user, with the role `admin`. */
            admin: {
                /** Format: email */
                email: string;
                name?: string;
            };
            /** @description Its first API key. */
            api_key?: {
                /** @default First key */
                name: string;
                /** @description Default: every scope that the API has at the authority. */
                scopes?: string[];
            };
            /** @description Upper bounds for the tenant's limits, and their initial values. When omitted, those of the deployment. */
            max_limits?: {
                imports?: number;
                api_keys?: number;
                requests_per_minute?: number;
                requests_per_minute_per_principal?: number;
            };
            /** @description Roles that its callers may assign to its users. When omitted, every role. */
            allowed_roles?: components["schemas"]["RoleName"][];
            /**
             * @description Whether third-party apps without a decision of the tenant may act for its users.
             * @enum {string}
             */
            default_app_access?: "allow" | "deny";
        };
        /**
         * @description A new tenant. The secret and the password link are shown only once.
         * @example {
         *       "tenant": {
         *         "id": "acme",
         *         "name": "Acme",
         *         "status": "active",
         *         "created_at": "2026-11-23T09:00:00.000Z",
         *         "limits": {
         *           "imports": 5,
         *           "api_keys": 20,
         *           "requests_per_minute": 6000,
         *           "requests_per_minute_per_principal": 3000
         *         },
         *         "max_limits": {
         *           "imports": 10,
         *           "api_keys": 20,
         *           "requests_per_minute": 6000,
         *           "requests_per_minute_per_principal": 3000
         *         },
         *         "assignable_roles": [
         *           "admin",
         *           "member"
         *         ],
         *         "allowed_roles": [
         *           "admin",
         *           "member"
         *         ],
         *         "default_app_access": "allow",
         *         "database": "own",
         *         "connection": "acme-users",
         *         "email_domains": [
         *           "acme.example"
         *         ],
         *         "web_app": {
         *           "kind": "own",
         *           "client_id": "Wm3nZ1b6w0mVxT8r",
         *           "origins": [
         *             "https://acme.example.com"
         *           ],
         *           "callback_urls": [
         *             "https://acme.example.com/callback"
         *           ],
         *           "logout_urls": [
         *             "https://acme.example.com"
         *           ]
         *         }
         *       },
         *       "api_key": {
         *         "client_id": "Kq3nZ1b6w0mVxT8r",
         *         "client_secret": "shown-this-once",
         *         "name": "First key",
         *         "scopes": [
         *           "read:users",
         *           "create:users"
         *         ],
         *         "status": "active",
         *         "created_at": "2026-11-23T09:00:00.000Z",
         *         "uses": 0
         *       },
         *       "admin": {
         *         "user_id": "auth0|5f7c8ec7c33c6c004bbafe82",
         *         "password_url": "https://example.eu.auth0.com/u/reset-verify?ticket=shown-this-once",
         *         "expires_at": "2026-11-28T09:00:00.000Z"
         *       }
         *     }
         */
        CreatedTenant: {
            tenant: components["schemas"]["OperatedTenant"];
            api_key: components["schemas"]["ApiKeyWithSecret"];
            admin: {
                user_id: string;
                /** @description URL at which the admin sets a password. Pass it on to that person only. */
                password_url: string;
                /**
                 * Format: date-time
                 * @description When that URL expires.
                 */
                expires_at: string;
            };
        };
        /**
         * @description What a deletion would remove.
         * @example {
         *       "tenant_id": "acme",
         *       "users": "delete",
         *       "would_delete": {
         *         "api_keys": 2,
         *         "web_apps": 1,
         *         "users": 120,
         *         "consents": 7,
         *         "connections": 1,
         *         "organizations": 0,
         *         "open_imports": 0
         *       },
         *       "confirmation": "MTc2NDAwMDAwMDAwMA.u2Yc6o0n7tq0b0q7l1xkqg2v3m4w5e6r7t8y9u0i1o2",
         *       "confirm_before": "2026-11-23T09:10:00.000Z"
         *     }
         */
        TenantDeletion: {
            tenant_id: string;
            /** @enum {string} */
            users: "delete" | "keep";
            would_delete: {
                api_keys: number;
                web_apps: number;
                /** @description At most; with `users=keep`: 0. Users who belong to other organizations, too, only leave this tenant, and so do guests, who are not counted. */
                users: number;
                /** @description At most: consents of its people to third-party apps. Those that they gave in other organizations stay. */
                consents: number;
                /** @description At most: its own connection, when its users are deleted, too. It stays while somebody in it belongs to others, too. */
                connections: number;
                /** @description Its organization, if it was created for the tenant. */
                organizations: number;
                /** @description User imports that would be aborted. */
                open_imports: number;
            };
            /** @description To be sent as `confirm` by the same client. */
            confirmation: string;
            /** Format: date-time */
            confirm_before: string;
        };
        /**
         * @description Changes to a tenant by the operator.
         * @example {
         *       "max_limits": {
         *         "api_keys": 50
         *       },
         *       "allowed_roles": [
         *         "member"
         *       ]
         *     }
         * @example {
         *       "email_domains": [
         *         "acme.example",
         *         "acme.example.org"
         *       ]
         *     }
         */
        OperatedTenantChanges: {
            name?: string;
            /** @description Upper bounds for the tenant's own changes of its limits. */
            max_limits?: {
                imports?: number;
                api_keys?: number;
                requests_per_minute?: number;
                requests_per_minute_per_principal?: number;
            };
            /** @description Roles from which the tenant may choose its `assignable_roles`. */
            allowed_roles?: components["schemas"]["RoleName"][];
            /**
             * @description Whether third-party apps without a decision of the tenant may act for its users.
             * @enum {string}
             */
            default_app_access?: "allow" | "deny";
            /**
             * @description Domains of its users' email addresses, in lower case, internationalized ones in Punycode (`xn--…`): users of third-party apps who
             *     enter an address in one of them are sent to this tenant's sign-in page. Exact match, without subdomains; at most 255 characters in
             *     total. No two tenants have the same domain: assign none in which others have addresses, too.
             */
            email_domains?: string[];
        };
        /**
         * @description What a tenant is changed over to. A member that is left out stays as it is.
         * @example {
         *       "web_app": "shared",
         *       "organization": "new",
         *       "ends_at": "2026-12-01T00:00:00.000Z"
         *     }
         */
        NewChangeOver: {
            /** @description `shared`: its users sign in to the deployment's single-page app (WEB_APP_CLIENT_IDS), not to one of its own. */
            web_app?: components["schemas"]["TenantPart"];
            /**
             * @description Makes it an Auth0 organization, whose members are its users: `new` creates one named like the tenant's id, `org_…` takes over one
             *     that exists.
             */
            organization?: string;
            /** @description Where its users live. Users cannot be moved, so another one than it has is 409 `change_over_not_possible`. */
            database?: components["schemas"]["TenantPart"];
            /**
             * Format: date-time
             * @description When the change-over is finished without a request, within UPKEEP_SECONDS; in the future. Left out, or passed before both ways are
             *     accepted, it has no such end. Stored and shown in UTC.
             */
            ends_at?: string;
        };
        /**
         * @description Which users become the tenant's, and how. Exactly one of `query` and `user_ids` is required.
         * @example {
         *       "query": "identities.connection:\"customers\" AND email:*@acme.example",
         *       "roles": [
         *         "member"
         *       ]
         *     }
         * @example {
         *       "user_ids": [
         *         "auth0|5f7c8ec7c33c6c004bbafe82"
         *       ]
         *     }
         */
        NewUserAdoption: {
            /** @description Auth0's user search query syntax (Lucene), over the whole account. Whoever it finds and may not be adopted is refused, with the reason. */
            query?: string;
            /** @description These users, by their ids. */
            user_ids?: components["schemas"]["UserId"][];
            /**
             * Format: date-time
             * @description For `query`: only users created at this time or later, such as `continue_from` of an earlier adoption.
             */
            created_from?: string;
            /**
             * @description The adoption ends with this number of users, and says where to continue (`continue_from`).
             * @default 100000
             */
            max_users: number;
            /**
             * @description Roles of each adopted user, of those that the operator allows the tenant. By default none. Users who are the tenant's already, or guests in its organization, keep theirs.
             * @default []
             */
            roles: components["schemas"]["RoleName"][];
            /**
             * @description Adopts users whose `app_metadata` have `roles` from elsewhere, too, and replaces these. By default such users are refused.
             * @default false
             */
            replace_roles: boolean;
            /**
             * @description Records an event `user.adopted` for each adopted user, in the tenant's audit log and for its webhooks. There is one event of the adoption anyway.
             * @default false
             */
            user_events: boolean;
        } & (unknown | unknown);
        /**
         * @description `belongs_to_other_tenant`: `app_metadata.tenant_id` is another one; a user is never assigned anew.
         *     `other_connection`: not in the tenant's database, or in another database, too.
         *     `no_email`: without an email address.
         *     `has_roles`: `app_metadata.roles` exists already (`replace_roles`).
         *     `being_adopted`: another adoption is at this user right now.
         *     `unknown_user`: the authority has no such user (any more).
         *     `refused_by_authority`: the authority does not accept the change.
         * @example other_connection
         * @enum {string}
         */
        UserAdoptionRefusal: "belongs_to_other_tenant" | "other_connection" | "no_email" | "has_roles" | "being_adopted" | "unknown_user" | "refused_by_authority";
        /**
         * @description An adoption of users, and how far it is.
         * @example {
         *       "id": "0b4f7f4e-3c0a-4a37-8a9e-5a0a5b5c5d5e",
         *       "tenant_id": "acme",
         *       "dry_run": false,
         *       "state": "ended",
         *       "found": 1204,
         *       "adopted": 1200,
         *       "already": 3,
         *       "refused": 1,
         *       "refusals": [
         *         {
         *           "code": "no_email",
         *           "message": "has no email address",
         *           "users": 1
         *         }
         *       ],
         *       "created_at": "2026-11-23T09:00:00.000Z",
         *       "ended_at": "2026-11-23T09:02:10.000Z"
         *     }
         */
        UserAdoption: {
            /**
             * Format: uuid
             * @description That of its job.
             */
            id: string;
            tenant_id: components["schemas"]["TenantId"];
            /** @description Nothing was changed: `adopted` counts those who would be. */
            dry_run: boolean;
            /**
             * @description `running` also after its job has failed (`GET /v1/jobs/{job_id}`): the same request, sent again, does the rest.
             * @enum {string}
             */
            state: "running" | "ended";
            /** @description Users that the query found at the start, or the ids that were given. */
            found?: number;
            adopted: number;
            /** @description Users who were the tenant's before. */
            already: number;
            refused: number;
            /** @description Refused users by reason. */
            refusals: {
                code: components["schemas"]["UserAdoptionRefusal"];
                message: string;
                users: number;
            }[];
            /** @description Dry run: calls to the authority that the adoption takes. */
            expected_calls?: number;
            /** @description Dry run: duration at the rate limits of the plan (AUTH0_PLAN), if nothing else uses them. */
            expected_minutes?: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            ended_at?: string;
            /**
             * Format: date-time
             * @description It ended with `max_users`: `created_from` of the next adoption.
             */
            continue_from?: string;
        };
        /**
         * @description A user in an adoption, and what became of it.
         * @example {
         *       "user_id": "auth0|5f7c8ec7c33c6c004bbafe82",
         *       "outcome": "adopted"
         *     }
         * @example {
         *       "user_id": "auth0|5f7c8ec7c33c6c004bbafe83",
         *       "outcome": "refused",
         *       "code": "no_email",
         *       "message": "has no email address"
         *     }
         */
        AdoptedUser: {
            user_id: string;
            /** @enum {string} */
            outcome: "adopted" | "already" | "refused";
            code?: components["schemas"]["UserAdoptionRefusal"];
            /** @description Present if it was refused. */
            message?: string;
        };
        /**
         * @example {
         *       "users": [
         *         {
         *           "user_id": "auth0|5f7c8ec7c33c6c004bbafe82",
         *           "outcome": "adopted"
         *         }
         *       ]
         *     }
         */
        AdoptedUserList: {
            users: components["schemas"]["AdoptedUser"][];
            /** @description Absent on the last page. */
            next_cursor?: string;
        };
        /**
         * @description Which client becomes the tenant's, and as what.
         * @example {
         *       "client_id": "Kq3nZ1b6w0mVxT8r",
         *       "as": "api_key",
         *       "scopes": [
         *         "read:users"
         *       ]
         *     }
         */
        NewClientAdoption: {
            client_id: string;
            /**
             * @description `api_key`: a non-interactive client of yours with the client-credentials grant; its id and secret are the key. The secret is neither read
             *     nor changed. `web_app`: a single-page app; its addresses are read from the client. Only for a tenant with a web app of its own, beside which
             *     it is accepted.
             * @enum {string}
             */
            as: "api_key" | "web_app";
            /**
             * @description Of the API key: its client grant for this API has exactly these afterwards. Left out, those that it has already and this API knows. Grants
             *     for other APIs stay.
             */
            scopes?: string[];
            /** @description Addresses and CIDR ranges that the API key may be used from. When omitted, any address. */
            allowed_addresses?: string[];
        };
        /**
         * @description A client that is the tenant's now, or in a dry run would be.
         * @example {
         *       "tenant_id": "acme",
         *       "client_id": "Kq3nZ1b6w0mVxT8r",
         *       "as": "api_key",
         *       "outcome": "adopted",
         *       "dry_run": false,
         *       "name": "Nightly sync",
         *       "scopes": [
         *         "read:users"
         *       ],
         *       "added_scopes": [
         *         "read:users"
         *       ],
         *       "removed_scopes": []
         *     }
         */
        ClientAdoption: {
            tenant_id: components["schemas"]["TenantId"];
            client_id: string;
            /** @enum {string} */
            as: "api_key" | "web_app";
            /**
             * @description `already`: it was the tenant's, and nothing was changed.
             * @enum {string}
             */
            outcome: "adopted" | "already";
            /** @description Nothing was changed. */
            dry_run: boolean;
            name?: string;
            /** @description Those of the API key. */
            scopes?: string[];
            /** @description Scopes that its client grant did not have. */
            added_scopes?: string[];
            /** @description Scopes that its client grant had. */
            removed_scopes?: string[];
            /** @description Those of the web app. */
            origins?: string[];
        };
        /**
         * @description Client metadata (RFC 7591 section 2). Unknown members are ignored, and so are null or empty ones of any type, except `redirect_uris`. Grant and response types other than those of the code flow, and unknown scopes, are dropped; the answer shows what was registered. Names and URLs may be given in several languages (`client_name#ja`). No URL in the metadata is ever fetched.
         * @example {
         *       "client_name": "Example Reports",
         *       "redirect_uris": [
         *         "https://reports.example/callback"
         *       ],
         *       "token_endpoint_auth_method": "none"
         *     }
         */
        ClientMetadata: {
            /** @description https, http on a loopback address, a private-use scheme of a native app such as `com.example.app:`, or a URI that the operator allows by exact match (`REDIRECT_URI_EXCEPTIONS`). */
            redirect_uris: string[];
            client_name?: string | null;
            client_uri?: string | null;
            logo_uri?: string | null;
            tos_uri?: string | null;
            policy_uri?: string | null;
            contacts?: string[] | null;
            /** @description Scopes that the app may request later, restricted to those that apps may have, and `offline_access`. Without a scope of this API: all scopes that apps may have; in an update, the present scopes of the app. */
            scope?: string | null;
            /** @description If present, includes `authorization_code`. Registered are this and `refresh_token`. */
            grant_types?: string[] | null;
            /** @description If present, includes `code`. */
            response_types?: string[] | null;
            /** @description none, client_secret_basic (the default), client_secret_post or private_key_jwt. The last is not announced in the metadata, because `aud` of its assertions must be the authority's issuer, with the trailing slash, and not ours. */
            token_endpoint_auth_method?: string | null;
            /** @description For private_key_jwt: one or two public RSA keys (RFC 7517). A `kid` consists of 10 to 64 letters, digits, `-` and `_`, and is unique. */
            jwks?: {
                keys?: Record<string, never>[];
            } | null;
            /** @description Never fetched, so not usable for private_key_jwt. */
            jwks_uri?: string | null;
            /** @description web or native. Default: derived from the redirect URIs. */
            application_type?: string | null;
            software_id?: string | null;
            software_version?: string | null;
            /** @description A JWT signed by a trusted issuer. Its claims take precedence over the members beside it. */
            software_statement?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description The registered client (RFC 7591 section 3.2.1).
         * @example {
         *       "client_id": "tpc_3wQk9ZpL1mNvR7tYxC4bHd",
         *       "client_id_issued_at": 1795478850,
         *       "client_name": "Example Reports",
         *       "redirect_uris": [
         *         "https://reports.example/callback"
         *       ],
         *       "grant_types": [
         *         "authorization_code",
         *         "refresh_token"
         *       ],
         *       "response_types": [
         *         "code"
         *       ],
         *       "token_endpoint_auth_method": "none",
         *       "application_type": "web",
         *       "scope": "read:users"
         *     }
         */
        RegisteredClient: {
            client_id: string;
            /** @description Seconds since 1970. */
            client_id_issued_at: number;
            /** @description Shown only once; present only if the app authenticates with a secret. */
            client_secret?: string;
            /** @description Present if a secret was issued; 0 means that it does not expire. */
            client_secret_expires_at?: number;
            /** @description Authorizes the management of this registration (RFC 7592). Not stored here; each answer to `PUT` contains a new one. */
            registration_access_token?: string;
            /** @description URL of the registration (RFC 7592). */
            registration_client_uri?: string;
            client_name?: string;
            redirect_uris: string[];
            grant_types: string[];
            response_types: string[];
            /** @enum {string} */
            token_endpoint_auth_method: "none" | "client_secret_post" | "client_secret_basic" | "private_key_jwt";
            /** @enum {string} */
            application_type?: "web" | "native";
            scope: string;
            client_uri?: string;
            logo_uri?: string;
            tos_uri?: string;
            policy_uri?: string;
            contacts?: string[];
            jwks?: {
                [key: string]: unknown;
            };
            jwks_uri?: string;
            software_statement?: string;
            software_id?: string;
            software_version?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description The complete new metadata of an app (RFC 7592 section 2.2).
         * @example {
         *       "client_id": "tpc_3wQk9ZpL1mNvR7tYxC4bHd",
         *       "client_name": "Example Reports",
         *       "redirect_uris": [
         *         "https://reports.example/callback",
         *         "https://reports.example/other"
         *       ],
         *       "token_endpoint_auth_method": "none"
         *     }
         */
        ClientUpdate: components["schemas"]["ClientMetadata"] & {
            /** @description The client id of this app. */
            client_id: string;
            /** @description Optional; never changes the secret. */
            client_secret?: string | null;
        };
    };
    responses: {
        /** @description The request is malformed, or a parameter is wrong. */
        BadRequest: {
            headers: {
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The credential is missing or was refused. */
        Unauthorized: {
            headers: {
                /** @description One challenge for each field, Bearer first. */
                "WWW-Authenticate"?: string;
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The credential is valid, but does not allow this operation. */
        Forbidden: {
            headers: {
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description None of the media types that the caller accepts is available. */
        NotAcceptable: {
            headers: {
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A rate limit was exceeded; repeat after `Retry-After`. */
        TooManyRequests: {
            headers: {
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                /** @description Seconds to wait. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The service failed. */
        InternalError: {
            headers: {
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Temporarily unavailable; repeat after `Retry-After`. */
        ServiceUnavailable: {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: string;
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Accepted, not finished yet. The job shows the outcome when there is one. */
        Accepted: {
            headers: {
                /** @description The job. */
                Location: string;
                /** @description The preferences that were applied (RFC 7240). */
                "Preference-Applied"?: string;
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Job"];
            };
        };
        /** @description The authority refused this service's own call; or the answer of the authority or the store was lost, and it is unknown whether the change was carried out. */
        BadGateway: {
            headers: {
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The resource does not exist, or the caller may not know of it. */
        NotFound: {
            headers: {
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body did not arrive in time. */
        RequestTimeout: {
            headers: {
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The email is taken: `user_exists`; where tenants share a database of users `email_unavailable`, which says the same of an address that the authority refuses. */
        EmailTaken: {
            headers: {
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large. */
        ContentTooLarge: {
            headers: {
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body has a media type, a charset or a content coding that the operation does not support. */
        UnsupportedMediaType: {
            headers: {
                /** @description The media types that the operation supports. */
                "Accept-Post"?: string;
                /** @description The content codings that the operation supports, when the one in `Content-Encoding` is not among them. */
                "Accept-Encoding"?: string;
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is well-formed, but its content is invalid. */
        UnprocessableContent: {
            headers: {
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The resource exists already, or its state does not allow the operation. */
        Conflict: {
            headers: {
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The resource was deleted. */
        Gone: {
            headers: {
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Nothing has changed since the answer that `If-None-Match` names. */
        NotModified: {
            headers: {
                /** @description Changes whenever anything of it changes. */
                ETag: string;
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The resource has changed since the caller read it. */
        PreconditionFailed: {
            headers: {
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request must name the version that it is based on. */
        PreconditionRequired: {
            headers: {
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description As `application/json` a page of events. A page may hold fewer events than `limit`, even none, while there are more to search:
         *     continue as long as there is a `next_cursor`. As `application/x-ndjson` (`Accept`) all events, one per line, streamed; `limit` and
         *     `cursor` are ignored then, and the stream is aborted without its final chunk when the caller is no longer authorized.
         */
        Events: {
            headers: {
                /** @description The next page (RFC 8288). */
                Link?: string;
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AuditEventList"];
                /** @example {"id":"0b0e7c2e-1df1-4b3c-9f5a-6a7a4d1f3f10","seq":1,"type":"user.deleted","time":"2026-11-23T09:00:00.000Z","recorded_at":"2026-11-23T09:00:00.150Z","tenant_id":"acme","principal":{"kind":"tenant","client_id":"Kq3nZ1b6w0mVxT8r"},"operation":"deleteUser","target":"auth0|6a7a4d1f3f100b0e7c2e1df1","outcome":"succeeded","status":204} */
                "application/x-ndjson": string;
            };
        };
        /** @description The client metadata or the request is invalid. */
        BadMetadata: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthError"];
            };
        };
        /** @description The token is missing or was refused; a registration access token also because its app is deleted (RFC 7592). */
        "Unauthorized-2": {
            headers: {
                /** @description One challenge. */
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthError"];
            };
        };
        /** @description The tenant that issued the token is suspended. */
        "Forbidden-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthError"];
            };
        };
        /** @description None of the media types that the caller accepts is available. */
        "NotAcceptable-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthError"];
            };
        };
        /** @description The body did not arrive in time. A problem document, as at every path, because the HTTP server itself answers. */
        "RequestTimeout-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large. */
        "ContentTooLarge-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthError"];
            };
        };
        /** @description The body is not JSON in UTF-8, or has an unsupported content coding. */
        "UnsupportedMediaType-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthError"];
            };
        };
        /** @description Too many registrations, or requests without a valid credential, from this address; repeat after `Retry-After`. */
        "TooManyRequests-2": {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthError"];
            };
        };
        /** @description The service failed. */
        "InternalError-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthError"];
            };
        };
        /** @description The authority refused, or its answer was lost. */
        "BadGateway-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthError"];
            };
        };
        /** @description Temporarily unavailable, or the limit of apps is reached. Nothing was registered. */
        "ServiceUnavailable-2": {
            headers: {
                /** @description Seconds to wait. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthError"];
            };
        };
    };
    parameters: {
        /**
         * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
         *     longer authorized when the outcome is available does not get it.
         * @example respond-async
         */
        Prefer: string;
        /** @description The client id of an app. */
        AppClientId: string;
        /** @description Maximum number of entries on a page. */
        Limit: number;
        /**
         * @description Where to continue: `next_cursor` of the previous page. Valid for the same caller and the same filters, for 24 hours; `limit` may
         *     change.
         */
        Cursor: string;
        /**
         * @description A value of your choice, unique for each intended effect. The same key with the same request gets the same answer for 24 hours and
         *     has no second effect; a different request with it gets 422. A request that was answered 503 had no effect and may be repeated with its key.
         * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
         */
        IdempotencyKey: string;
        UserId: components["schemas"]["UserId"];
        /**
         * @description A value of your choice, unique for each import. Repeating the same upload with the same key returns the same import;
         *     other bytes or parameters get 422, and 409 while the first upload is still arriving. Ignored by a dry run.
         * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
         */
        ImportIdempotencyKey: string;
        ImportId: string;
        JobId: string;
        /**
         * @description One or several `ETag`s of answers that the caller has, or `*`. When nothing has changed since, the answer is 304 without a body
         *     (RFC 9110 section 13.1.2).
         * @example "3Q2vJ8w0m1xTq9Zk"
         */
        IfNoneMatch: string;
        /**
         * @description The `ETag` of the version that the change is based on, from the last `GET`; `*` matches any version. Without it the answer is 428; when
         *     the resource has changed since, 412, and nothing is changed (RFC 9110 section 13.1.1).
         * @example "3Q2vJ8w0m1xTq9Zk"
         */
        IfMatch: string;
        /** @description The client id of an API key. */
        ApiKeyClientId: string;
        /** @description Only events recorded at this time or later. */
        From: string;
        /** @description Only events recorded before this time. */
        Before: string;
        /** @description Only events of this type. */
        Type: string;
        /** @description Only events caused by callers of this kind. */
        PrincipalKind: "user" | "tenant" | "app" | "operator" | "service" | "authority" | "system" | "nobody";
        /** @description Only events caused by this API key, app or single-page app. */
        ClientId: string;
        /** @description Only events caused by this user, directly or through an app. */
        "UserId-2": string;
        /** @description Only calls of this operation (its operationId). */
        Operation: string;
        /** @description Only events with this outcome. */
        Outcome: "succeeded" | "accepted" | "refused" | "failed" | "unknown";
        /** @description Only events whose target has this id. */
        Target: string;
        /** @description Newest first, or oldest first. */
        Order: "newest_first" | "oldest_first";
        WebhookId: string;
        /** @description The name of a service behind the gateway. */
        Service: string;
        InitialAccessTokenId: string;
        TenantId: components["schemas"]["TenantId"];
        AdoptionId: string;
    };
    requestBodies: never;
    headers: {
        /** @description Request limits of the tenant as a whole and of this caller, quota `q` and window `w` in seconds. Sent to callers of a tenant only. */
        "RateLimit-Policy": string;
        /** @description Requests left `r`, and seconds `t` until the whole quota is available again. Sent to callers of a tenant only. */
        RateLimit: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listMyOperations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The operations. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyOperations"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listConsents: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The consents. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentList"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    withdrawConsent: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The client id of an app. */
                client_id: components["parameters"]["AppClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: components["responses"]["Accepted"];
            /** @description Withdrawn. */
            204: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description Only users with exactly this email. */
                email?: string;
                /** @description Only users with exactly this name, case-insensitive. */
                name?: string;
                /** @description Only users whose name begins with this, case-insensitive. */
                name_prefix?: string;
                blocked?: boolean;
                /** @description Only users with this role. */
                role?: string;
                /** @description Only users created at this time or later. */
                created_from?: string;
                /** @description Only users created before this time. */
                created_before?: string;
                /** @description Only users who last signed in at this time or later. */
                last_login_from?: string;
                /** @description Only users who last signed in before this time. */
                last_login_before?: string;
                /** @description Maximum number of entries on a page. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Where to continue: `next_cursor` of the previous page. Valid for the same caller and the same filters, for 24 hours; `limit` may
                 *     change.
                 */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of users. */
            200: {
                headers: {
                    /** @description The next page (RFC 8288). */
                    Link?: string;
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserList"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A value of your choice, unique for each intended effect. The same key with the same request gets the same answer for 24 hours and
                 *     has no second effect; a different request with it gets 422. A request that was answered 503 had no effect and may be repeated with its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /** @description The user. */
                    Location: string;
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["EmailTaken"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: components["responses"]["Accepted"];
            /** @description It is gone. */
            204: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserChanges"];
            };
        };
        responses: {
            /** @description The user as it is now. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["EmailTaken"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getUserRoles: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The roles. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserRoles"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    replaceUserRoles: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUserRoles"];
            };
        };
        responses: {
            /** @description All roles of the user. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserRoles"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listUserSessions: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserSessionList"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    endUserSessions: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: components["responses"]["Accepted"];
            /** @description The user is signed out. */
            204: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createPasswordReset: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A value of your choice, unique for each intended effect. The same key with the same request gets the same answer for 24 hours and
                 *     has no second effect; a different request with it gets 422. A request that was answered 503 had no effect and may be repeated with its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewPasswordReset"];
            };
        };
        responses: {
            /** @description The link. */
            201: {
                headers: {
                    /** @description Always `no-store`. */
                    "Cache-Control"?: string;
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordReset"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    sendVerificationEmail: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A value of your choice, unique for each intended effect. The same key with the same request gets the same answer for 24 hours and
                 *     has no second effect; a different request with it gets 422. A request that was answered 503 had no effect and may be repeated with its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                user_id: components["parameters"]["UserId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: components["responses"]["Accepted"];
            /** @description The authority has taken the mail on. */
            204: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listUserImports: {
        parameters: {
            query?: {
                /** @description Maximum number of entries on a page. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Where to continue: `next_cursor` of the previous page. Valid for the same caller and the same filters, for 24 hours; `limit` may
                 *     change.
                 */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of imports. */
            200: {
                headers: {
                    /** @description The next page (RFC 8288). */
                    Link?: string;
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserImportList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createUserImport: {
        parameters: {
            query?: {
                /** @description Only validate the rows and report errors. */
                dry_run?: boolean;
                /**
                 * @description `row_by_row`: one call for each user, for any row without a password hash. `import_jobs`: Auth0's import jobs, for rows without a
                 *     clear-text password (the others are still created one by one). `auto`: import jobs if every row allows it, there are enough
                 *     rows and they are currently faster, or if a row has a password hash.
                 */
                channel?: "auto" | "row_by_row" | "import_jobs";
                /** @description Have Auth0 send a verification email to each new user whose email is not verified. Requires the channel `row_by_row`. */
                send_verification_email?: boolean;
                /** @description Record an event for each created user (`user.created`, with `operation: createUserImport`), in the audit log and for webhooks subscribed to it. Otherwise `user_import.completed` covers all of them: its `target` is the import, whose rows show which users were created. An audit log that is nearly full records no more of these events. */
                user_events?: boolean;
            };
            header?: {
                /**
                 * @description A value of your choice, unique for each import. Repeating the same upload with the same key returns the same import;
                 *     other bytes or parameters get 422, and 409 while the first upload is still arriving. Ignored by a dry run.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["ImportIdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportedUser"][];
                /**
                 * @example {"email":"ada@acme.example","name":"Ada Example"}
                 *     {"email":"bob@acme.example","roles":["member"]}
                 */
                "application/x-ndjson": string;
                /**
                 * @example email,name,roles,user_metadata.plan
                 *     ada@acme.example,Ada Example,member,pro
                 */
                "text/csv": string;
            };
        };
        responses: {
            /** @description The dry run's result. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserImportCheck"];
                };
            };
            /** @description Every row is stored; the import is running. */
            202: {
                headers: {
                    /** @description The import. */
                    Location: string;
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserImport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getUserImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: components["parameters"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The import. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserImport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listUserImportRows: {
        parameters: {
            query?: {
                /** @description Only rows with this status. */
                status?: "pending" | "created" | "failed" | "skipped" | "unknown";
                /** @description Maximum number of rows on a page. For pages only. */
                limit?: number;
                /**
                 * @description Where to continue: `next_cursor` of the previous page. Valid for the same caller and the same filters, for 24 hours; `limit` may
                 *     change.
                 */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                import_id: components["parameters"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of rows. */
            200: {
                headers: {
                    /** @description The next page (RFC 8288). */
                    Link?: string;
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserImportRowList"];
                    /** @example {"row":1,"status":"created","email":"ada@acme.example","user_id":"auth0|0b4f7f4e3c0a4a378a9e5a0a5b5c5d5e0000001"} */
                    "application/x-ndjson": string;
                    /**
                     * @example row,status,email,user_id,code,message,pointer
                     *     1,created,ada@acme.example,auth0|0b4f7f4e3c0a4a378a9e5a0a5b5c5d5e0000001,,,
                     */
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    watchUserImport: {
        parameters: {
            query?: never;
            header?: {
                /** @description The id of the last event that the client received. */
                "Last-Event-ID"?: string;
            };
            path: {
                import_id: components["parameters"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example retry: 2000
                     *
                     *     id: 17
                     *     event: import
                     *     data: {"id":"0b4f7f4e-3c0a-4a37-8a9e-5a0a5b5c5d5e","status":"running"}
                     */
                    "text/event-stream": string;
                };
            };
            /** @description The import has ended, and the client has received its last event. */
            204: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    cancelUserImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: components["parameters"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The import as it is now. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserImport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    pauseUserImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: components["parameters"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The import as it is now. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserImport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    resumeUserImport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_id: components["parameters"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The import as it is now. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserImport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getBudget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The buckets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Budget"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listRefusals: {
        parameters: {
            query?: {
                /** @description Only refusals of this tenant's callers. */
                tenant_id?: components["schemas"]["TenantId"];
                /** @description Only those with this code. */
                code?: string;
                /** @description Maximum number of entries on a page. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Where to continue: `next_cursor` of the previous page. Valid for the same caller and the same filters, for 24 hours; `limit` may
                 *     change.
                 */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of refusals. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusalList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    watchDeployment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state of the deployment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeploymentState"];
                    /**
                     * @example retry: 5000
                     *
                     *     event: deployment
                     *     data: {"buckets":[],"backlogs":[],"queues":[],"workers":{"alive":2},"dead_letters":0}
                     */
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getDiagnosis: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Diagnosis"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getAccountDiagnosis: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountDiagnosis"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listDeadLetters: {
        parameters: {
            query?: {
                /** @description Maximum number of entries on a page. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Where to continue: `next_cursor` of the previous page. Valid for the same caller and the same filters, for 24 hours; `limit` may
                 *     change.
                 */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of dead letters. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetterList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    replayDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                job_id: components["parameters"]["JobId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job is queued. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getTenant: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One or several `ETag`s of answers that the caller has, or `*`. When nothing has changed since, the answer is 304 without a body
                 *     (RFC 9110 section 13.1.2).
                 * @example "3Q2vJ8w0m1xTq9Zk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tenant. */
            200: {
                headers: {
                    /** @description Changes whenever anything of it changes. */
                    ETag: string;
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateTenant: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the version that the change is based on, from the last `GET`; `*` matches any version. Without it the answer is 428; when
                 *     the resource has changed since, 412, and nothing is changed (RFC 9110 section 13.1.1).
                 * @example "3Q2vJ8w0m1xTq9Zk"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TenantChanges"];
            };
        };
        responses: {
            /** @description The tenant as it is now. */
            200: {
                headers: {
                    /** @description Changes whenever anything of it changes. */
                    ETag: string;
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tenant"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getTenantOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The overview. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantOverview"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A value of your choice, unique for each intended effect. The same key with the same request gets the same answer for 24 hours and
                 *     has no second effect; a different request with it gets 422. A request that was answered 503 had no effect and may be repeated with its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiKey"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /** @description The key. */
                    Location: string;
                    /** @description Always `no-store`. */
                    "Cache-Control"?: string;
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyWithSecret"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The client id of an API key. */
                client_id: components["parameters"]["ApiKeyClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The client id of an API key. */
                client_id: components["parameters"]["ApiKeyClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateApiKey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The client id of an API key. */
                client_id: components["parameters"]["ApiKeyClientId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyChanges"];
            };
        };
        responses: {
            /** @description The key as it is now. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A value of your choice, unique for each intended effect. The same key with the same request gets the same answer for 24 hours and
                 *     has no second effect; a different request with it gets 422. A request that was answered 503 had no effect and may be repeated with its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                /** @description The client id of an API key. */
                client_id: components["parameters"]["ApiKeyClientId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyRotation"];
            };
        };
        responses: {
            /** @description The successor. */
            201: {
                headers: {
                    /** @description The key. */
                    Location: string;
                    /** @description Always `no-store`. */
                    "Cache-Control"?: string;
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyWithSecret"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    completeApiKeyRotation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The client id of an API key. */
                client_id: components["parameters"]["ApiKeyClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The successor, now the only valid key of the two. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    cancelApiKeyRotation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The client id of an API key. */
                client_id: components["parameters"]["ApiKeyClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key, which stays valid. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                /** @description Only events recorded at this time or later. */
                from?: components["parameters"]["From"];
                /** @description Only events recorded before this time. */
                before?: components["parameters"]["Before"];
                /** @description Only events of this type. */
                type?: components["parameters"]["Type"];
                /** @description Only events caused by callers of this kind. */
                principal_kind?: components["parameters"]["PrincipalKind"];
                /** @description Only events caused by this API key, app or single-page app. */
                client_id?: components["parameters"]["ClientId"];
                /** @description Only events caused by this user, directly or through an app. */
                user_id?: components["parameters"]["UserId-2"];
                /** @description Only calls of this operation (its operationId). */
                operation?: components["parameters"]["Operation"];
                /** @description Only events with this outcome. */
                outcome?: components["parameters"]["Outcome"];
                /** @description Only events whose target has this id. */
                target?: components["parameters"]["Target"];
                /** @description Newest first, or oldest first. */
                order?: components["parameters"]["Order"];
                /** @description Maximum number of entries on a page. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Where to continue: `next_cursor` of the previous page. Valid for the same caller and the same filters, for 24 hours; `limit` may
                 *     change.
                 */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Events"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getUsage: {
        parameters: {
            query?: {
                /** @description Length of a period. */
                interval?: "hour" | "day";
                /** @description The first period is the one that contains this time. Defaults to 24 hours or 30 days before `before`. */
                from?: string;
                /** @description The last period is the one that ends at or contains this time. Defaults to now. */
                before?: string;
                /** @description Only figures of this API key, app or single-page app. */
                client_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The figures. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Usage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhooks. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /** @description The webhook. */
                    Location: string;
                    /** @description Always `no-store`. */
                    "Cache-Control"?: string;
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookChanges"];
            };
        };
        responses: {
            /** @description The webhook as it is now. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookRotation"];
            };
        };
        responses: {
            /** @description The webhook, with its new secret. */
            200: {
                headers: {
                    /** @description Always `no-store`. */
                    "Cache-Control"?: string;
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookWithSecret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is on its way. */
            202: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    replayWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                webhook_id: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookReplay"];
            };
        };
        responses: {
            /** @description It is on its way. */
            202: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description Maximum number of entries on a page. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path: {
                webhook_id: components["parameters"]["WebhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The deliveries. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listAllAuditEvents: {
        parameters: {
            query?: {
                /** @description Only events of this tenant; `-` for those that belong to none. */
                tenant_id?: string;
                /** @description Only events recorded at this time or later. */
                from?: components["parameters"]["From"];
                /** @description Only events recorded before this time. */
                before?: components["parameters"]["Before"];
                /** @description Only events of this type. */
                type?: components["parameters"]["Type"];
                /** @description Only events caused by callers of this kind. */
                principal_kind?: components["parameters"]["PrincipalKind"];
                /** @description Only events caused by this API key, app or single-page app. */
                client_id?: components["parameters"]["ClientId"];
                /** @description Only events caused by this user, directly or through an app. */
                user_id?: components["parameters"]["UserId-2"];
                /** @description Only calls of this operation (its operationId). */
                operation?: components["parameters"]["Operation"];
                /** @description Only events with this outcome. */
                outcome?: components["parameters"]["Outcome"];
                /** @description Only events whose target has this id. */
                target?: components["parameters"]["Target"];
                /** @description Newest first, or oldest first. */
                order?: components["parameters"]["Order"];
                /** @description Maximum number of entries on a page. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Where to continue: `next_cursor` of the previous page. Valid for the same caller and the same filters, for 24 hours; `limit` may
                 *     change.
                 */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Events"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    recordServiceEvent: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A value of your choice, unique for each intended effect. The same key with the same request gets the same answer for 24 hours and
                 *     has no second effect; a different request with it gets 422. A request that was answered 503 had no effect and may be repeated with its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The name of a service behind the gateway. */
                service: components["parameters"]["Service"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewServiceEvent"];
            };
        };
        responses: {
            /** @description Recorded. It is in the audit log about a second later. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceEvent"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    receiveAuthorityEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAuthorityEvent"];
            };
        };
        responses: {
            /** @description Stored. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    startAuthorization: {
        parameters: {
            query: {
                /** @description The client id of a registered app, or the URL of its metadata document. */
                client_id: string;
                /** @description This API, by its URL or its identifier at the authority (RFC 8707); a trailing slash makes no difference. */
                resource?: string | string[];
                /** @description The same as `resource`, in Auth0's terms. */
                audience?: string | string[];
            };
            header?: never;
            path?: never;
            cookie?: {
                /** @description The tenant that this browser remembers, sealed. One that cannot be read counts as none. */
                "__Host-trivium_tenant"?: string;
                /** @description The same over http, in development, where browsers take no `__Host-` (RFC 6265bis section 4.1.3.2). */
                trivium_tenant?: string;
            };
        };
        requestBody?: never;
        responses: {
            /** @description A page that asks which tenant the user belongs to. */
            200: {
                headers: {
                    /** @description Always `no-store`. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Redirects to the authority. */
            302: {
                headers: {
                    /** @description The authority's own authorization endpoint. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is invalid, names another API, or the metadata document is invalid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                    "text/html": string;
                };
            };
            /** @description None of the media types that the caller accepts is available. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                    "text/html": string;
                };
            };
            /** @description Too many requests or metadata documents for this address lately. */
            429: {
                headers: {
                    /** @description In seconds. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                    "text/html": string;
                };
            };
            /** @description The service failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                    "text/html": string;
                };
            };
            /** @description The authority refused, or its answer was lost. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                    "text/html": string;
                };
            };
            /** @description The authority or a component of this service is unavailable, or the account has no room for another app. */
            503: {
                headers: {
                    /** @description In seconds. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                    "text/html": string;
                };
            };
        };
    };
    chooseTenant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "request": "v1.k1.b2Zmc2V0.dGFn.c2VhbGVk",
                 *       "identifier": "ada@acme.example",
                 *       "remember": "yes"
                 *     }
                 */
                "application/x-www-form-urlencoded": {
                    /** @description The sealed authorization request. */
                    request: string;
                    /** @description An email address, or the id of a tenant, in upper or lower case. */
                    identifier: string;
                    /**
                     * @description The browser remembers the tenant for 30 days. Left out, it remembers none.
                     * @enum {string}
                     */
                    remember?: "yes";
                };
            };
        };
        responses: {
            /** @description On to the authority. */
            303: {
                headers: {
                    /** @description The authority's own authorization endpoint. */
                    Location: string;
                    /** @description `__Host-trivium_tenant`, or its end. */
                    "Set-Cookie": string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The body is malformed, or its authorization request is not one that was shown here within an hour. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description A page of another site sent the form. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description No media type that the caller accepts. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description The body is no form. */
            415: {
                headers: {
                    /** @description The media types that the operation reads. */
                    "Accept-Post"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description A field is missing or wrong. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description Too many requests from this address lately. */
            429: {
                headers: {
                    /** @description In seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description The service failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description The answer of a part of this service was lost. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description A part of this service is away. */
            503: {
                headers: {
                    /** @description In seconds. */
                    "Retry-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    listTenantApps: {
        parameters: {
            query?: {
                /** @description Maximum number of entries on a page. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Where to continue: `next_cursor` of the previous page. Valid for the same caller and the same filters, for 24 hours; `limit` may
                 *     change.
                 */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of apps. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantAppList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    decideOnTenantApp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The client id of an app. */
                client_id: components["parameters"]["AppClientId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppDecision"];
            };
        };
        responses: {
            /** @description The app. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantApp"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listTenantInitialAccessTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tokens. */
            200: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InitialAccessTokenList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createTenantInitialAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInitialAccessToken"];
            };
        };
        responses: {
            /** @description Issued. */
            201: {
                headers: {
                    /** @description Always `no-store`. */
                    "Cache-Control"?: string;
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InitialAccessTokenWithSecret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteTenantInitialAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: components["parameters"]["InitialAccessTokenId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    RateLimit: components["headers"]["RateLimit"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listApps: {
        parameters: {
            query?: {
                /** @description Only apps with this status. */
                status?: "pending" | "approved" | "blocked";
                /** @description Maximum number of entries on a page. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Where to continue: `next_cursor` of the previous page. Valid for the same caller and the same filters, for 24 hours; `limit` may
                 *     change.
                 */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of apps. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AppList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateApp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The client id of an app. */
                client_id: components["parameters"]["AppClientId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppChanges"];
            };
        };
        responses: {
            /** @description The app. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["App"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listInitialAccessTokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tokens. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InitialAccessTokenList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createInitialAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInitialAccessToken"];
            };
        };
        responses: {
            /** @description Issued. */
            201: {
                headers: {
                    /** @description Always `no-store`. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InitialAccessTokenWithSecret"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteInitialAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: components["parameters"]["InitialAccessTokenId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listTenants: {
        parameters: {
            query?: {
                /** @description Maximum number of entries on a page. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Where to continue: `next_cursor` of the previous page. Valid for the same caller and the same filters, for 24 hours; `limit` may
                 *     change.
                 */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of tenants. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatedTenantList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createTenant: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A value of your choice, unique for each intended effect. The same key with the same request gets the same answer for 24 hours and
                 *     has no second effect; a different request with it gets 422. A request that was answered 503 had no effect and may be repeated with its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTenant"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /** @description The tenant. */
                    Location: string;
                    /** @description Always `no-store`. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedTenant"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getTenantById: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description One or several `ETag`s of answers that the caller has, or `*`. When nothing has changed since, the answer is 304 without a body
                 *     (RFC 9110 section 13.1.2).
                 * @example "3Q2vJ8w0m1xTq9Zk"
                 */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                tenant_id: components["parameters"]["TenantId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tenant. */
            200: {
                headers: {
                    /** @description Changes whenever anything of it changes. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatedTenant"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteTenant: {
        parameters: {
            query: {
                /**
                 * @description Whether its users at the authority are deleted (`delete`), or kept in their connection (`keep`), where they can no longer
                 *     sign in to this API.
                 * @example delete
                 */
                users: "delete" | "keep";
                /** @description Only shows what would be deleted. */
                dry_run?: boolean;
                /** @description The `confirmation` of a dry run of the same deletion. */
                confirm?: string;
            };
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                tenant_id: components["parameters"]["TenantId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What would be deleted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TenantDeletion"];
                };
            };
            202: components["responses"]["Accepted"];
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateTenantById: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of the version that the change is based on, from the last `GET`; `*` matches any version. Without it the answer is 428; when
                 *     the resource has changed since, 412, and nothing is changed (RFC 9110 section 13.1.1).
                 * @example "3Q2vJ8w0m1xTq9Zk"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                tenant_id: components["parameters"]["TenantId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OperatedTenantChanges"];
            };
        };
        responses: {
            /** @description The tenant as it is now. */
            200: {
                headers: {
                    /** @description Changes whenever anything of it changes. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatedTenant"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["PreconditionFailed"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    suspendTenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tenant_id: components["parameters"]["TenantId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tenant as it is now. */
            200: {
                headers: {
                    /** @description Changes whenever anything of it changes. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatedTenant"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    resumeTenant: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tenant_id: components["parameters"]["TenantId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tenant as it is now. */
            200: {
                headers: {
                    /** @description Changes whenever anything of it changes. */
                    ETag: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatedTenant"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    startTenantChangeOver: {
        parameters: {
            query?: {
                /** @description Only shows what would be done. */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                tenant_id: components["parameters"]["TenantId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewChangeOver"];
            };
        };
        responses: {
            /** @description Both ways are accepted; or, in a dry run, what would be done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangeOver"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    finishTenantChangeOver: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                tenant_id: components["parameters"]["TenantId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: components["responses"]["Accepted"];
            /** @description The tenant is as it was asked for. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    adoptUsers: {
        parameters: {
            query?: {
                /** @description Only counts who would be adopted, and who refused. */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description A value of your choice, unique for each intended effect. The same key with the same request gets the same answer for 24 hours and
                 *     has no second effect; a different request with it gets 422. A request that was answered 503 had no effect and may be repeated with its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                tenant_id: components["parameters"]["TenantId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUserAdoption"];
            };
        };
        responses: {
            /** @description The adoption has ended; or, in a dry run, what it would do. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserAdoption"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getUserAdoption: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tenant_id: components["parameters"]["TenantId"];
                adoption_id: components["parameters"]["AdoptionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The adoption. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserAdoption"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listAdoptedUsers: {
        parameters: {
            query?: {
                /** @description Maximum number of users on a page. For pages only. */
                limit?: number;
                /**
                 * @description Where to continue: `next_cursor` of the previous page. Valid for the same caller and the same filters, for 24 hours; `limit` may
                 *     change.
                 */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: never;
            path: {
                tenant_id: components["parameters"]["TenantId"];
                adoption_id: components["parameters"]["AdoptionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of users. */
            200: {
                headers: {
                    /** @description The next page (RFC 8288). */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdoptedUserList"];
                    /**
                     * @example user_id,outcome,code,message
                     *     auth0|5f7c8ec7c33c6c004bbafe82,adopted,,
                     */
                    "text/csv": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    adoptClient: {
        parameters: {
            query?: {
                /** @description Only shows what would be changed. */
                dry_run?: boolean;
            };
            header?: {
                /**
                 * @description A value of your choice, unique for each intended effect. The same key with the same request gets the same answer for 24 hours and
                 *     has no second effect; a different request with it gets 422. A request that was answered 503 had no effect and may be repeated with its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                tenant_id: components["parameters"]["TenantId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewClientAdoption"];
            };
        };
        responses: {
            /** @description The client is the tenant's; or, in a dry run, would be. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientAdoption"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    replaceTenantWebApp: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job immediately. `wait=N`: wait N seconds at most, then answer 202 (RFC 7240). A caller who is no
                 *     longer authorized when the outcome is available does not get it.
                 * @example respond-async
                 */
                Prefer?: components["parameters"]["Prefer"];
            };
            path: {
                tenant_id: components["parameters"]["TenantId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebApp"];
            };
        };
        responses: {
            /** @description The app as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebApp"];
                };
            };
            202: components["responses"]["Accepted"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["UnprocessableContent"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            502: components["responses"]["BadGateway"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    registerApp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClientMetadata"];
            };
        };
        responses: {
            /** @description Registered. */
            201: {
                headers: {
                    /** @description Always `no-store`. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisteredClient"];
                };
            };
            400: components["responses"]["BadMetadata"];
            401: components["responses"]["Unauthorized-2"];
            403: components["responses"]["Forbidden-2"];
            406: components["responses"]["NotAcceptable-2"];
            408: components["responses"]["RequestTimeout-2"];
            413: components["responses"]["ContentTooLarge-2"];
            415: components["responses"]["UnsupportedMediaType-2"];
            429: components["responses"]["TooManyRequests-2"];
            500: components["responses"]["InternalError-2"];
            502: components["responses"]["BadGateway-2"];
            503: components["responses"]["ServiceUnavailable-2"];
        };
    };
    getRegisteredApp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The client id of an app. */
                client_id: components["parameters"]["AppClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The registration. A client secret is not shown again. */
            200: {
                headers: {
                    /** @description Always `no-store`. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisteredClient"];
                };
            };
            400: components["responses"]["BadMetadata"];
            401: components["responses"]["Unauthorized-2"];
            406: components["responses"]["NotAcceptable-2"];
            429: components["responses"]["TooManyRequests-2"];
            500: components["responses"]["InternalError-2"];
            503: components["responses"]["ServiceUnavailable-2"];
        };
    };
    updateRegisteredApp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The client id of an app. */
                client_id: components["parameters"]["AppClientId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClientUpdate"];
            };
        };
        responses: {
            /** @description The updated registration. */
            200: {
                headers: {
                    /** @description Always `no-store`. */
                    "Cache-Control"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisteredClient"];
                };
            };
            400: components["responses"]["BadMetadata"];
            401: components["responses"]["Unauthorized-2"];
            406: components["responses"]["NotAcceptable-2"];
            408: components["responses"]["RequestTimeout-2"];
            413: components["responses"]["ContentTooLarge-2"];
            415: components["responses"]["UnsupportedMediaType-2"];
            429: components["responses"]["TooManyRequests-2"];
            500: components["responses"]["InternalError-2"];
            502: components["responses"]["BadGateway-2"];
            503: components["responses"]["ServiceUnavailable-2"];
        };
    };
    deleteRegisteredApp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The client id of an app. */
                client_id: components["parameters"]["AppClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadMetadata"];
            401: components["responses"]["Unauthorized-2"];
            406: components["responses"]["NotAcceptable-2"];
            429: components["responses"]["TooManyRequests-2"];
            500: components["responses"]["InternalError-2"];
            502: components["responses"]["BadGateway-2"];
            503: components["responses"]["ServiceUnavailable-2"];
        };
    };
    getProtectedResourceMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The metadata. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "resource": "https://api.example.com",
                     *       "authorization_servers": [
                     *         "https://api.example.com"
                     *       ],
                     *       "scopes_supported": [
                     *         "read:users"
                     *       ],
                     *       "bearer_methods_supported": [
                     *         "header"
                     *       ],
                     *       "dpop_signing_alg_values_supported": [
                     *         "ES256",
                     *         "RS256",
                     *         "PS256",
                     *         "EdDSA",
                     *         "Ed25519"
                     *       ],
                     *       "dpop_bound_access_tokens_required": false,
                     *       "resource_name": "Example",
                     *       "resource_documentation": "https://api.example.com/docs"
                     *     }
                     */
                    "application/json": {
                        resource: string;
                        authorization_servers: string[];
                        scopes_supported: string[];
                        bearer_methods_supported: "header"[];
                        dpop_signing_alg_values_supported?: string[];
                        dpop_bound_access_tokens_required?: boolean;
                        /** @description `BRAND_NAME`. */
                        resource_name?: string;
                        resource_documentation?: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
        };
    };
    getAuthorizationServerMetadata: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The metadata. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "issuer": "https://api.example.com",
                     *       "authorization_endpoint": "https://api.example.com/oauth/authorize",
                     *       "token_endpoint": "https://example.eu.auth0.com/oauth/token",
                     *       "registration_endpoint": "https://api.example.com/oauth/register",
                     *       "revocation_endpoint": "https://example.eu.auth0.com/oauth/revoke",
                     *       "jwks_uri": "https://example.eu.auth0.com/.well-known/jwks.json",
                     *       "scopes_supported": [
                     *         "read:users",
                     *         "offline_access"
                     *       ],
                     *       "response_types_supported": [
                     *         "code"
                     *       ],
                     *       "response_modes_supported": [
                     *         "query"
                     *       ],
                     *       "grant_types_supported": [
                     *         "authorization_code",
                     *         "refresh_token"
                     *       ],
                     *       "code_challenge_methods_supported": [
                     *         "S256"
                     *       ],
                     *       "token_endpoint_auth_methods_supported": [
                     *         "none",
                     *         "client_secret_post",
                     *         "client_secret_basic"
                     *       ],
                     *       "dpop_signing_alg_values_supported": [
                     *         "ES256",
                     *         "RS256"
                     *       ],
                     *       "service_documentation": "https://api.example.com/docs"
                     *     }
                     */
                    "application/json": {
                        issuer: string;
                        authorization_endpoint: string;
                        token_endpoint: string;
                        registration_endpoint: string;
                        revocation_endpoint?: string;
                        jwks_uri: string;
                        scopes_supported?: string[];
                        response_types_supported: string[];
                        response_modes_supported?: string[];
                        grant_types_supported?: string[];
                        code_challenge_methods_supported?: string[];
                        token_endpoint_auth_methods_supported?: string[];
                        dpop_signing_alg_values_supported?: string[];
                        client_id_metadata_document_supported?: boolean;
                        service_documentation?: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
        };
    };
    getJwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys, oldest first. */
            200: {
                headers: {
                    /** @description For five minutes. */
                    "Cache-Control": string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keys": [
                     *         {
                     *           "kty": "EC",
                     *           "crv": "P-256",
                     *           "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
                     *           "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
                     *           "kid": "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s",
                     *           "use": "sig",
                     *           "alg": "ES256"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        keys: {
                            /** @enum {string} */
                            kty: "EC";
                            /** @enum {string} */
                            crv: "P-256";
                            x: string;
                            y: string;
                            /** @description The thumbprint of the key (RFC 7638). */
                            kid: string;
                            /** @enum {string} */
                            use: "sig";
                            /** @enum {string} */
                            alg: "ES256";
                        }[];
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
        };
    };
    getContract: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The contract. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
        };
    };
    getRoot: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Entry points. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "documentation": "https://api.example.com/docs",
                     *       "contract": "https://api.example.com/openapi.json",
                     *       "resource_metadata": "https://api.example.com/.well-known/oauth-protected-resource"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uri
                         * @description The contract as a page.
                         */
                        documentation: string;
                        /**
                         * Format: uri
                         * @description The contract itself.
                         */
                        contract: string;
                        /**
                         * Format: uri
                         * @description Protected resource metadata (RFC 9728).
                         */
                        resource_metadata: string;
                    };
                };
            };
            /** @description Redirects callers that prefer HTML to the documentation. */
            302: {
                headers: {
                    /** @description `/docs`. */
                    Location: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["BadRequest"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
        };
    };
    getConsole: {
        parameters: {
            query?: {
                /** @description Authorization code. */
                code?: string;
                /** @description Of the sign-in. */
                state?: string;
                /** @description Why it failed. */
                error?: string;
                /** @description In words. */
                error_description?: string;
                /** @description Where to sign in. */
                organization?: string;
                /** @description Where to sign in. */
                connection?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
        };
    };
    getConsoleFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name. */
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/css": string;
                    "text/javascript": string;
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
        };
    };
    getDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            400: components["responses"]["BadRequest"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
        };
    };
    getDocsAsset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                asset: "swagger-ui.css" | "swagger-ui-bundle.js" | "docs.js" | "favicon-32x32.png";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The asset. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/css": string;
                    "text/javascript": string;
                    "image/png": string;
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
        };
    };
    getProblem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The explanation. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "not_found",
                     *       "status": 404,
                     *       "title": "Not found",
                     *       "meaning": "There is no such resource, or the caller may not know of it.",
                     *       "next": "Check the URL and the id."
                     *     }
                     */
                    "application/json": {
                        code: string;
                        status: number;
                        title: string;
                        meaning: string;
                        next: string;
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process is alive. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        status: "ok";
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "checks": {
                     *         "redis": "ok",
                     *         "authority": "ok",
                     *         "queue": "ok"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        status: "ready";
                        checks?: {
                            [key: string]: "ok" | "failed";
                        };
                    };
                };
            };
            400: components["responses"]["BadRequest"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description Not ready; `checks` names the failed component. If all are `ok`, the process is stopping. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "not_ready",
                     *       "checks": {
                     *         "redis": "failed",
                     *         "authority": "ok",
                     *         "queue": "failed"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        status: "not_ready";
                        checks?: {
                            [key: string]: "ok" | "failed";
                        };
                    };
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In Prometheus's text format. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            400: components["responses"]["BadRequest"];
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
