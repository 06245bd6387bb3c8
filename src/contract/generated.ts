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
         * Who am I?
         * @description The caller as this API sees it. The cheapest way to check a credential.
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
    "/v1/me/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which apps may act for me?
         * @description What the caller has consented to, as the authority keeps it, with the scopes of this API.
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
         * @description The app's tokens for the caller are refused by every API process within a second of this answer, however long they would still
         *     live, and its refresh tokens are of no use any more. After a 204 a consent given anew works at once. A 202 says that the app is
         *     shut out already, and that its consent at the authority goes soon.
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
         * List and search users, or look one up by email
         * @description The users of the caller's tenant that meet every filter, oldest first. With `email`, the user or users with exactly that email.
         *     A new user is found by id and by email at once, and in the list when the authority's search index has it (seconds).
         *     The authority serves at most 1,000 users of one search. The cursor reads on past that, by creation date; `exceeds_search_limit`
         *     says that it has to.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Create a user
         * @description Creates a user in the caller's tenant. No mail is sent. Without a password the user sets one by a password reset. Whoever gives a role
         *     holds every scope of it; an app gives only roles that can do no more than read.
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
         * Look up a user by id
         * @description A user of the caller's tenant. A user may always look up itself, whatever its roles.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        /**
         * Delete a user
         * @description For good, with all that the authority keeps of it. The caller holds every scope of the user's roles. The user's access tokens are refused by every API process within a second.
         */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        /**
         * Change a user
         * @description Changes what the body names and leaves the rest. `null` removes a value. Members of `user_metadata` are merged at the first
         *     level. `blocked` keeps a user from signing in. A new email is unproven unless `email_verified` says otherwise; no mail is sent.
         *     Roles are changed with `PUT /v1/users/{user_id}/roles`. The caller holds every scope of the user's roles. A user who is blocked is
         *     refused by every API process within a second, whatever access tokens it has.
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
         * A user's roles
         * @description What the user may do in this API. A user may always look up its own.
         */
        get: operations["getUserRoles"];
        /**
         * Replace a user's roles
         * @description The user then holds these of the roles that the tenant may assign, and no other of them. Roles that the tenant may not assign
         *     stay as they are. The caller holds every scope of the roles that the user has and gets. What the user may do changes at every API
         *     process within a second, whatever its access tokens say.
         */
        put: operations["replaceUserRoles"];
        post?: never;
        delete?: never;
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
         * Make a password-reset link
         * @description A link with which whoever holds it sets the user's password: hand it to that user and nobody else. No mail is sent. It is shown
         *     once, here or in the job, to the caller that asked for it. The caller holds every scope of the user's roles.
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
         * @description The authority sends the user a mail with a link that proves its email. It is never sent twice by us. The caller holds every scope of the user's roles.
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
         * @description Takes users as NDJSON (one JSON object a line), CSV or a JSON array, gzip too (`Content-Encoding: gzip`), as a stream of any
         *     length up to the limits of this installation; what is larger, or takes more work than its size explains, gets 413 and is told which
         *     limit it exceeded. Each row is checked as it comes. One that is wrong (also one that is nested deeper than 32 levels), or has an email
         *     that an earlier row has, ends `failed` and does not stop the rest. The answer is 202 when every row is stored; an upload that breaks
         *     off leaves nothing behind, and so does one whose sender may not call any more before its end. One without a good row is completed with its answer, and no `user_import.completed` follows.
         *
         *     Uploads that are open, dry runs and repeats too, count with the imports that are under way against the tenant's limit (429); a process
         *     that reads as many as it may answers 503. Both say when to come again, before anything is read. Records of ended imports are kept up to
         *     a number that this installation sets; the oldest go first.
         *
         *     Users are then created as fast as the authority's limits allow, without delaying other calls. A user who is there already is
         *     left as it is (`skipped`). Nobody is sent a mail unless `send_verification_email` asks for it. The users' ids are
         *     chosen here, and no user of another tenant is ever touched.
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
         * How far an import is
         * @description An import of the caller's tenant, and how many of its rows ended in which way so far.
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
         * What became of each row
         * @description The rows of an import in their order, with what became of each: as JSON in pages; with `Accept: application/x-ndjson` or
         *     `Accept: text/csv` all of them (from `cursor` on, if given) in one answer, which is sent as fast as it is read. In CSV, text that
         *     a spreadsheet would take for a formula has a `'` before it. An export whose caller may not call any more is broken off, without the
         *     end of its transfer.
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
         * @description Server-sent events: one `import` event with the import as `GET /v1/user-imports/{import_id}` answers it, at once and then
         *     whenever it has changed, a few times a second at the most. After the event of its end the stream is closed. Each event has an
         *     id; with the last one in `Last-Event-ID`, a client that comes back is told only what is new to it, and gets 204, which
         *     tells it not to come again, when the import has ended and it knows that. When the caller may not call any more, the last event is
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
         * Stop an import for good
         * @description From the answer on, no further row is started. Rows that are done stay done and are listed; the few whose call was under way
         *     end as it ends (with Auth0's import jobs: the files that were handed over). The others stay `pending` for ever.
         *     Doing it twice is as good as once.
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
         * Hold an import
         * @description From the answer on, no further row is started until the import is resumed.
         *     Doing it twice is as good as once.
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
         * Let a paused import go on
         * @description It goes on where it was.
         *     Doing it twice is as good as once.
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
         * What became of a relayed call
         * @description A job of the caller's tenant; for the operator, one that makes, changes or deletes a tenant. Reading it needs the scopes of the operation that made it. What is shown once (a secret, a reset link) goes only to the caller that asked for it. A job is kept for a day after it ended.
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
         * How much of the authority's limit is left
         * @description The budget of Management API calls that all processes share, bucket by bucket: `all` where the plan limits all calls together, and
         *     one for each group of endpoints that the plan limits. A call of such a group is paid from both. A bucket is listed once it was used.
         *     And what API keys cost: how many exchanges a month are to be expected.
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
    "/v1/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Relay jobs that failed by a fault of this installation
         * @description Newest first. Their callers were told; what they asked for is kept, encrypted, for 14 days, and can be replayed once the fault is
         *     mended.
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
         * Give a dead letter up
         * @description What it asked for is forgotten.
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
         * Do a dead letter's work after all
         * @description The job runs again, and `GET /v1/jobs/{job_id}` of its tenant tells how it ends. Look first whether its caller has repeated it: a
         *     verification email that may have gone out goes out again.
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
         * The caller's tenant
         * @description The tenant that the caller belongs to, with its settings. Touches nothing at the authority.
         */
        get: operations["getTenant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the settings of the caller's tenant
         * @description Changes what the body names and leaves the rest. A tenant's own people choose within what the operator allows: a limit may be lowered
         *     and raised again up to that of `max_limits`, and `assignable_roles` are some of `allowed_roles`. Holds at every API process within
         *     a second.
         */
        patch: operations["updateTenant"];
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
         * @description The keys of the caller's tenant, oldest first, with when and how often each was used. Touches nothing at the authority.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Create an API key
         * @description Makes a client of its own at the authority, with the given scopes and no others. Its secret is in this answer and is never
         *     shown again; an answer that comes as a job shows it at the first look.
         *     Nobody can give scopes that they do not have: a user has those of the operations that its roles may call.
         *     A key that makes a key bounds it: left out, `expires_at` and `allowed_addresses` are its own, and what goes beyond them is refused
         *     (`beyond_own_bounds`), also when it was deleted or replaced before the new one was there.
         *     Keys count against `limits.api_keys` until they are deleted; a key that is being replaced and its successor are two.
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
         * One API key
         * @description A key of the caller's tenant, without its secret.
         */
        get: operations["getApiKey"];
        put?: never;
        post?: never;
        /**
         * Delete an API key
         * @description The key, and tokens that were got with it, are refused by every API process within a second of this answer. Its client at the
         *     authority is deleted soon after. There is no way back. A rotation that it is part of ends with it.
         *     A successor is deleted by a key only where that one might cancel its rotation, too (`beyond_own_bounds`), because the old key then lives on.
         */
        delete: operations["deleteApiKey"];
        options?: never;
        head?: never;
        patch?: never;
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
         * @description Makes a successor with a client id and a secret of its own, and the same name, scopes and allowed addresses. The old key
         *     lives on for the overlap, and is then deleted; `0` ends it at once, for a key that leaked. Both show when they were last
         *     used, so that it can be seen when nobody uses the old one any more. The caller needs every scope that the key has.
         *     A key may rotate itself, and others that end no later and work from no more addresses than it does; a successor never passes the
         *     bounds of the key that asked for it (`beyond_own_bounds`). A user may extend them.
         *     Both keys count against `limits.api_keys` while the overlap lasts. Where the tenant has as many keys as it may have, only
         *     `overlap_seconds: 0` is possible, which replaces the key in its place.
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
         * @description Deletes the successor and lets the old key live on. `client_id` names the key that is being replaced; the answer is that key.
         *     A key cannot cancel its own rotation, nor that of a key that would live longer than itself or work from more addresses (`beyond_own_bounds`).
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
         * Who did what
         * @description Every change and every refusal, and reads of other people's data: one event each. `type` says what happened (`user.created`;
         *     `request.refused` and its like when it did not). An event appears within about a second. What happens very often (the same refusal
         *     of the same caller) is told one by one at first, and then summed up, with a `count`.
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
         * What the tenant used
         * @description Requests and what became of them, calls spent at the authority, rows of user imports created, and latency: in all, for each API key,
         *     app and single-page app, and hour by hour or day by day (UTC). About a second behind; a process of this API that is killed loses
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
         * @description Where the tenant is told of what happens, oldest first.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Create a webhook
         * @description Names an endpoint of yours that is told of events of these types from now on, signed as Standard Webhooks has it. Its secret is in
         *     this answer and is never shown again.
         *
         *     **The endpoint has to agree first.** It is `unverified` until it has: it is posted a message
         *     `{"type":"webhook.verification","timestamp":"…","data":{"webhook_id":"…","challenge":"…"}}`, signed as every other, and answers 2xx with
         *     `{"challenge":"…"}`, the same challenge, as JSON. Nothing else is sent to it before. The challenge is another one in each message, and is
         *     good for that message's answer only. It is sent up to three times within minutes, and again by `POST …/test` and when the URL changes.
         *     Events of the first hour are held back for it, and come when it has agreed; later ones only from its next verification on.
         *
         *     An endpoint answers 2xx when it has taken an event in. After anything else, or 15 seconds without an answer, the event is tried again for
         *     about a day; 410 disables the webhook at once, and so do three days in which nothing arrives.
         *     Every event arrives at least once; `webhook-id` is the same each time. It must be reached by https, at an address of the public
         *     internet; redirects are not followed.
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
         * Look up a webhook
         * @description With how it stands: since when nothing has arrived, and how many events it is still to be told of.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description With its secrets, and what it was still to be told.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook
         * @description Changes what the body names. `status: disabled` stops it: events of that time are passed over, and can be replayed. `enabled` lets it go
         *     on with what it was still to be told, also after it was disabled because nothing had arrived for days or it answered 410. Another `url` is
         *     `unverified` until the endpoint there has agreed, as a new webhook's; what is still to be told goes there then.
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
         * @description Makes a new secret. Until the overlap ends, each event is signed with both.
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
         * Try a webhook
         * @description Sends it an event of type `webhook.tested`, whatever it chose to be told of. An endpoint that has not agreed yet is sent
         *     `webhook.verification` (see *Create a webhook*), and the event when it has answered that. What becomes of both stands in its deliveries.
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
         * Tell a webhook again
         * @description Everything that was recorded since then, and is of its types, is sent again, with the same `webhook-id` each. One replay at a time: 409
         *     `replay_in_progress` while events of an earlier one have not been sent yet. An endpoint that has not agreed
         *     is sent them when it has.
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
         * What became of each try
         * @description The last 500 tries, newest first.
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
         * Who did what, in every tenant
         * @description As `GET /v1/tenant/audit-events`, over all tenants, and with what belongs to none: what the operator did, and requests that came
         *     without a credential that is good.
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
    "/oauth/authorize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask a user in
         * @description Where an app sends a user's browser (RFC 6749 section 4.1.1). Goes on to the authority with every parameter as it came, but for
         *     the one that names this API: the authority knows it by `audience` only, which is put in the place of `resource`, or added. Of a
         *     registered app, parameters that the authority does not take of third parties are left out (RFC 6749 section 3.1), and a `scope` that
         *     names nothing of this API's, or is left out, has the app's registered scopes added (section 3.3). An app
         *     whose `client_id` is the address of a client id metadata document (draft-ietf-oauth-client-id-metadata-document) is
         *     registered on the way: its document is fetched and held against the rules, when it is new or has changed. What is wrong
         *     with it is said here, to whoever is at the browser, as a page where that is what `Accept` prefers; nobody is sent to an address
         *     that a wrong document names.
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
    "/v1/tenant/apps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Apps of the tenant
         * @description Apps that its users came with (let in or not), that it decided on, or vouched for; newest first.
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
         * @description For users of the caller's tenant. A denied app is refused by every API process within a second of this answer. Allowing an app that
         *     is pending vouches for it, for this tenant only. It is allowed as it is now, and only if it is as it was shown where `version` says so: when it
         *     becomes more or another, that ends (`lapsed_at`). A blocked app stays blocked.
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
         * Initial access tokens
         * @description Those of the caller's tenant that have not expired, without the tokens themselves.
         */
        get: operations["listTenantInitialAccessTokens"];
        put?: never;
        /**
         * Issue an initial access token
         * @description Whoever holds it may register apps (RFC 7591 section 3), so many and so long as is said here. Those apps work for users of the tenant before the operator has approved them.
         *     The token is in this answer and is never shown again. It always expires. One that an API key asks for ends no later than the key (`beyond_own_bounds`), and a tenant has no more than `INITIAL_ACCESS_TOKENS_PER_ISSUER` that have not expired.
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
         * @description No more apps can be registered with it; those that were live on.
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
         * Third-party apps
         * @description Newest first, whichever door they came by.
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
         * @description For all tenants. A blocked app is refused by every API process within a second of this answer, whatever tenants decided; a pending
         *     one works for users of tenants that allowed it or vouched for it. It is approved as it is now, and only if it is as it was shown where
         *     `version` says so: when it becomes more or another, it is pending again (`lapsed_at`).
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
         * Initial access tokens
         * @description Those of the operator that have not expired, without the tokens themselves.
         */
        get: operations["listInitialAccessTokens"];
        put?: never;
        /**
         * Issue an initial access token
         * @description Whoever holds it may register apps (RFC 7591 section 3), so many and so long as is said here. Those apps are approved.
         *     The token is in this answer and is never shown again. It always expires, and there are no more than `INITIAL_ACCESS_TOKENS_PER_ISSUER` that have not.
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
         * @description No more apps can be registered with it; those that were live on.
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
         * @description By id, those that are being created or deleted too. Touches nothing at the authority.
         */
        get: operations["listTenants"];
        put?: never;
        /**
         * Create a tenant
         * @description Makes all that a tenant needs, or nothing of it: the connection that its users live in, the client of its single-page app with
         *     origins and callbacks, its first admin with an address to set a password at (no mail is sent), its first API key, and its entry
         *     here. It is one job with steps; a crash of any process costs nothing, and when a step fails for good, all is undone before the job
         *     ends. Until the last step nobody of the tenant is let in. Secret and address are in this answer and are never shown again; an
         *     answer that comes as a job shows them at the first look.
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
         * One tenant
         * @description With its settings, the operator's bounds of them, its connection and its single-page app. Touches nothing at the authority.
         */
        get: operations["getTenantById"];
        put?: never;
        post?: never;
        /**
         * Delete a tenant
         * @description For good, and asked twice: `dry_run=true` changes nothing and answers 200 with what would go and a `confirmation`; the same request
         *     with that as `confirm`, within ten minutes, does it. From then on everything of the tenant is refused by every API process within a
         *     second, and running user imports stop. Then its API keys, its single-page app, what its users have consented to, and with
         *     `users=delete` its users and its own connection go at the authority, in steps that a crash costs nothing; 204 when all is done. A
         *     connection that was there before the tenant stays. Its id is not given again.
         */
        delete: operations["deleteTenant"];
        options?: never;
        head?: never;
        /**
         * Change a tenant
         * @description Changes what the body names and leaves the rest. `max_limits` and `allowed_roles` bound what the tenant's own people may choose. A
         *     limit that stood at its bound moves with it, a higher one is lowered to it, a lower one stays; so with roles. Holds at every API
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
         *     whatever token they hold. Relayed calls that were accepted and have not begun end so, too; one that has begun is brought to its end.
         *     Running user imports stand still, and go on when the tenant is resumed. Its pages may still read the refusals (CORS). Signing in at the
         *     authority is not touched. Repeating it changes nothing.
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
         * @description Lets everybody of a suspended tenant in again within a second; its user imports go on. Repeating it changes nothing.
         */
        post: operations["resumeTenant"];
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
         * Replace the addresses of a tenant's single-page app
         * @description Where its pages are: the origins from which they may call this API (CORS, compared exactly), and where the authority sends people
         *     back to. Both ends are changed; CORS follows at every API process within a second.
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
         * @description Dynamic client registration (RFC 7591). The app gets the authorization code grant with PKCE and refresh tokens, and no
         *     other; what it asks for besides is not registered, as the answer shows. Who may register is configured: anybody, whoever has an initial access token, whoever brings a software statement by a
         *     trusted issuer. The answer holds a registration access token with which the app manages its registration (RFC 7592).
         *     Errors are OAuth errors, not problem documents. Nothing that a 503 or a closed connection left behind stays registered.
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
         * What is registered of an app
         * @description Client read (RFC 7592 section 2.1), with the app's registration access token.
         */
        get: operations["getRegisteredApp"];
        /**
         * Replace what is registered of an app
         * @description Client update (RFC 7592 section 2.2). The body replaces all metadata: what is left out, null or empty is cleared. A `scope` that is
         *     left out, or names nothing that is known here, clears nothing and adds nothing: the app keeps the scopes that it has, as the answer
         *     says. The body carries `client_id`, and none
         *     of `registration_access_token`, `registration_client_uri`, `client_id_issued_at`, `client_secret_expires_at`. The answer holds a
         *     new registration access token; the old one is of no use any more.
         *
         *     Whoever approved, allowed or vouched for the app did so for its name, logo and page, its scopes, redirect hosts and keys. When it
         *     changes any of these to another, or adds one, it is pending again for them (`app.decision_lapsed`) until they decide anew, also if
         *     it changes back. Fewer scopes, hosts or keys end no decision.
         */
        put: operations["updateRegisteredApp"];
        post?: never;
        /**
         * Delete an app's registration
         * @description Client deletion (RFC 7592 section 2.3). The app's tokens are refused by every API process within a second of this answer; its
         *     client at the authority, and what users consented to, goes soon after.
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
         * @description Where to get a token for this API (RFC 9728). The Bearer challenge points here. `resource` is the address under which this API is
         *     found; `aud` in its tokens is its identifier at the authority, which may be another.
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
         * @description How to get in (RFC 8414): registration is ours, and so is the authorization endpoint, which hands over to the authority's; every
         *     other endpoint is the authority's.
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
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This contract
         * @description The OpenAPI description that the API is made from, as one document.
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
         * Where to begin
         * @description Leads whoever opens the API's address in a browser to the page that shows this contract, and tells programs where to look.
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
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The contract to read and try
         * @description A page that shows this contract and can call it.
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
         * A part of the documentation page
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
         * What an error code means
         * @description The address in `type` of a problem document; says what the code means and what to do next.
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
         * Is the process alive?
         * @description Answers as long as the process can answer. Asks nobody else.
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
         * Can the process do its work?
         * @description Whether the store takes writes, and the process has not been asked to stop: after SIGTERM it is not ready at once, and goes on
         *     answering for `STOP_DELAY_SECONDS`. The others are shown, and do not make it unready: `authority`, whether the authority's signing
         *     keys can be had (those that were fetched, and API keys in grace, go on being good without it); `queue`, whether workers take what is
         *     queued for the authority (while they do not, or none runs, calls are taken on and answered 202). `keys` is there when the process
         *     lacks a key of `ENCRYPTION_KEYS` or `HASH_KEY`: it is unready while another process writes with one that it lacks.
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
         * @description Counters of this very process, for Prometheus. Answered to the addresses of `METRICS_ALLOWED_ADDRESSES` only; to others there is
         *     nothing here.
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
         * @description The caller, as this API sees it.
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
            /** @description The client that the credential was issued to: single-page app, API key or third-party app. */
            client_id: string;
            /** @description All that the caller may do: a key's own; those of the user's roles; of an app, what its token, the consent and the user's roles have in common. */
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
             * @description Address of the explanation of `code`.
             */
            type: string;
            title: string;
            status: number;
            /** @description What went wrong with this very request. */
            detail?: string;
            /** @description The path that was called. */
            instance?: string;
            /** @description Stable code; see `GET /problems/{code}`. */
            code: string;
            /** @description Name this when you ask for help. */
            request_id: string;
            /** @description With `insufficient_scope`, every scope that the operation needs. */
            scopes?: string[];
            /** @description Each wrong field or parameter. */
            errors?: {
                /** @enum {string} */
                in: "body" | "query" | "path" | "header";
                /** @description RFC 6901 pointer to the value. */
                pointer: string;
                /** @description The rule that it broke. */
                code: string;
                message: string;
            }[];
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
            /** @description Of the app; not there when it is registered here no more. */
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
         * @description A relayed call that its caller did not wait for, or not long enough.
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
             * @description `unknown`: it was sent to the authority and its answer was lost; it is not repeated.
             * @enum {string}
             */
            status: "queued" | "running" | "succeeded" | "failed" | "unknown";
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            finished_at?: string;
            /** @description Of a job that has steps: each in its order. Those of a job that failed for good end `undone`. */
            steps?: {
                name: string;
                /** @enum {string} */
                status: "pending" | "begun" | "done" | "undone";
            }[];
            /** @description With `succeeded`, what the operation would have answered. */
            answer?: {
                status: number;
                /** @description The body of the operation's own answer; not there when it has none. */
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
            /** Format: date-time */
            updated_at: string;
            /** Format: date-time */
            last_login?: string;
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
            /** @description Present while there is more; give it as `cursor` to read on. */
            next_cursor?: string;
            /** @description Whether more users meet the filters, from here on, than the 1,000 that the authority serves of one search. The cursor reads on past them. Not there with `email`. */
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
            /** @description Left out, a random one is set that nobody knows; the user then sets one by a password reset. */
            password?: string;
            name?: string;
            given_name?: string;
            family_name?: string;
            nickname?: string;
            /** Format: uri */
            picture?: string;
            /** @default false */
            email_verified: boolean;
            /** @description What the user may do in this API: each is a set of scopes. The caller holds every scope of a role that it gives. Left out: `member`, where the caller may give it, else none. */
            roles?: components["schemas"]["RoleName"][];
            /** @description Free data about the user; the user may see it. */
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
            /** @description Merged at the first level with what is there; `null` removes a member. */
            user_metadata?: {
                [key: string]: unknown;
            };
        };
        /**
         * @description The roles that a user holds.
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
         * @description The roles that a user shall hold, of those that the tenant may assign.
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
         * @example {
         *       "lifetime_seconds": 3600
         *     }
         */
        NewPasswordReset: {
            /**
             * @description How long the link can be used.
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
             * @description How users are created, one call each or through Auth0's import jobs.
             * @enum {string}
             */
            channel: "row_by_row" | "import_jobs";
            /** @description Whether users are sent a mail. */
            send_verification_email?: boolean;
            /** @description Whether each user that it creates is told of as `user.created`. */
            user_events?: boolean;
            /** @description Rows in the import. */
            total: number;
            /** @description Rows by what became of them. Together they make `total`. */
            counts: {
                /** @description Not done yet; of a cancelled import: never done. */
                pending: number;
                created: number;
                failed: number;
                /** @description The user was there already. */
                skipped: number;
                /** @description Sent to the authority, the answer was lost, and looking did not settle it. */
                unknown: number;
            };
            /** @description While it runs, how fast it lately was. */
            rows_per_second?: number;
            /**
             * Format: date-time
             * @description While it runs, when it will end, as far as can be said, by what is left of it and of the other imports that share Auth0's limit, and by how that limit stands just now.
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
            /** @description Present while there is more; give it as `cursor` to read on. */
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
            /** @description In clear text, so that it cannot go through the authority's import jobs. Left out, the user sets one by a password reset. */
            password?: string;
            /** @description bcrypt with 10 rounds. Goes through the authority's import jobs only. */
            password_hash?: string;
            /** @description Any hash that Auth0 takes over (its "Bulk user import database schema"). Goes through its import jobs only. */
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
            /** @description What the user may do in this API: each is a set of scopes. The caller holds every scope of a role that it gives. Left out: `member`, where the caller may give it, else none. */
            roles?: components["schemas"]["RoleName"][];
            /** @description Free data about the user; the user may see it. */
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
            /** @description A problem code. */
            code: string;
            message: string;
            /** @description RFC 6901 pointer to the wrong field of the row. */
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
            /** @description The place in the import, from 1. */
            row: number;
            /** @description The line of the file where the row begins, from 1; of CSV and NDJSON rows that were wrong as they were read. */
            line?: number;
            /** @enum {string} */
            status: "pending" | "created" | "failed" | "skipped" | "unknown";
            /** @description The email that the row gave, if it gave one. */
            email?: string;
            user_id?: components["schemas"]["UserId"];
            error?: components["schemas"]["UserImportRowError"];
            /** @description All that is wrong with the row as it was read, where that is more than one thing; `error` is the first of them. */
            errors?: components["schemas"]["UserImportRowError"][];
        };
        /**
         * @description What an import would be, had it not been a dry run. Nothing was stored.
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
            /** @description The first rows that are wrong, a hundred at the most. */
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
            /** @description Present while there is more; give it as `cursor` to read on. */
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
            buckets: {
                /** @description `all`, or the name of a group of endpoints. */
                name: string;
                /** @description Size of the bucket. */
                burst: number;
                /** @description Calls a second that the plan allows. */
                per_second: number;
                /** @description Calls that could be made at once. */
                available: number;
                /** @description Part of that rate at which calls are made. Less than 1 after the authority refused some, and growing again. */
                pace: number;
                /** @description How often the authority refused a call because of its limit. */
                refused: number;
                /**
                 * Format: date-time
                 * @description Nobody calls before.
                 */
                paused_until?: string;
            }[];
            /** @description Client-credentials exchanges of API keys. The authority meters them: a plan includes a number of them each month. Tokens that tenants fetch with their keys themselves come on top. */
            exchanges: {
                /** @description API keys that were used within the last 30 days. */
                keys: number;
                /** @description By this installation, in this calendar month (UTC). */
                made_this_month: number;
                /** @description How long one serves; left out while none was made. */
                seconds_per_exchange?: number;
                /** @description In 30 days, if each of these keys is in use all the time; left out while it is not known how long one serves. */
                expected_per_month?: number;
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
                 * @description `kills_workers`: every worker that had it in hand died. `failed_inside`: our own code failed; the log has it by `request_id`. `authority_refused_us`: the authority refused our own credential, its scopes, or how we call. `not_in_plan`: the plan of the account at the authority lacks what the call needs.
                 * @enum {string}
                 */
                reason: "kills_workers" | "failed_inside" | "authority_refused_us" | "not_in_plan";
                /** @description What its caller was told. */
                code: string;
                /** @description What the authority answered, where it refused. Its own text is not kept, because it may quote what was sent. */
                authority?: {
                    /** @description HTTP status. */
                    status: number;
                    /** @description The authority's own code. */
                    error_code?: string;
                    /** @description Method and path, without ids. */
                    endpoint?: string;
                    /** @description Scopes of which the workers' client needs one to be granted. */
                    missing_scopes?: string[];
                };
                request_id: string;
                /** Format: date-time */
                created_at: string;
                /** Format: date-time */
                died_at: string;
            }[];
            /** @description Present while there is more. */
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
            /** @description What holds. */
            limits: {
                /** @description User imports that run at the same time. */
                imports: number;
                /** @description API keys; one whose rotation is under way counts twice. */
                api_keys: number;
                /** @description Requests of all its callers together. */
                requests_per_minute: number;
                /** @description Of those, what one API key, one user, or one app for one user may make. */
                requests_per_minute_per_principal: number;
            };
            /** @description How far its own people may raise them. */
            max_limits: {
                /** @description User imports that run at the same time. */
                imports: number;
                /** @description API keys; one whose rotation is under way counts twice. */
                api_keys: number;
                /** @description Requests of all its callers together. */
                requests_per_minute: number;
                /** @description Of those, what one API key, one user, or one app for one user may make. */
                requests_per_minute_per_principal: number;
            };
            /** @description Roles that its callers may give to its users. */
            assignable_roles: components["schemas"]["RoleName"][];
            /** @description Of which its own people may choose those. */
            allowed_roles: components["schemas"]["RoleName"][];
            /**
             * @description Whether third-party apps may act for its users where nothing is said of the app.
             * @enum {string}
             */
            default_app_access: "allow" | "deny";
        };
        /**
         * @description What its own people may change of a tenant.
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
            /** @description None above that of `max_limits`. */
            limits?: {
                imports?: number;
                api_keys?: number;
                requests_per_minute?: number;
                requests_per_minute_per_principal?: number;
            };
            /** @description Some of `allowed_roles`. */
            assignable_roles?: components["schemas"]["RoleName"][];
            /**
             * @description Whether third-party apps may act for its users where nothing is said of the app.
             * @enum {string}
             */
            default_app_access?: "allow" | "deny";
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
             * @description An expired key is refused; it goes by itself soon after.
             * @enum {string}
             */
            status: "active" | "expired";
            /**
             * Format: date-time
             * @description From then on it is refused.
             */
            expires_at?: string;
            /** @description From where it may be used (CIDR); left out, from anywhere. */
            allowed_addresses?: string[];
            /** Format: date-time */
            created_at: string;
            /** @description The user, or the client id of the key, that made it or asked for its rotation; a key made by a key has that one's bounds. Not there for a key that the operator made. */
            created_by?: {
                /** @enum {string} */
                kind: "user" | "tenant";
                id: string;
            };
            /** @description Requests with it; up to a second behind. */
            uses: number;
            /** Format: date-time */
            last_used_at?: string;
            /** @description The client id of the key whose successor it is, while that one lives. */
            replaces?: string;
            /** @description The client id of its successor, while a rotation is under way. */
            replaced_by?: string;
            /**
             * Format: date-time
             * @description When the overlap of a rotation ends, and this key with it.
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
            /** @description What it is for. */
            name: string;
            scopes: string[];
            /**
             * Format: date-time
             * @description In the future, and no later than the end of the key that makes it. Left out, it does not expire, or ends with the key that makes it. Kept and shown in UTC.
             */
            expires_at?: string;
            /** @description From where it may be used, each an address or a range in CIDR notation, and each within one of those of the key that makes it. Left out, from anywhere, or from where that key may be used. */
            allowed_addresses?: string[];
        };
        /**
         * @description A new key. This is the only time that its secret is shown.
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
             * @description An expired key is refused; it goes by itself soon after.
             * @enum {string}
             */
            status: "active" | "expired";
            /**
             * Format: date-time
             * @description From then on it is refused.
             */
            expires_at?: string;
            /** @description From where it may be used (CIDR); left out, from anywhere. */
            allowed_addresses?: string[];
            /** Format: date-time */
            created_at: string;
            /** @description The user, or the client id of the key, that made it or asked for its rotation; a key made by a key has that one's bounds. Not there for a key that the operator made. */
            created_by?: {
                /** @enum {string} */
                kind: "user" | "tenant";
                id: string;
            };
            /** @description Requests with it; up to a second behind. */
            uses: number;
            /** Format: date-time */
            last_used_at?: string;
            /** @description The client id of the key whose successor it is, while that one lives. */
            replaces?: string;
            /** @description The client id of its successor, while a rotation is under way. */
            replaced_by?: string;
            /**
             * Format: date-time
             * @description When the overlap of a rotation ends, and this key with it.
             */
            retires_at?: string;
        };
        /**
         * @example {
         *       "overlap_seconds": 86400
         *     }
         */
        ApiKeyRotation: {
            /**
             * @description How long the old key lives on. `0` ends it at once, so that it and its successor never count as two.
             * @default 86400
             */
            overlap_seconds: number;
            /**
             * Format: date-time
             * @description The successor's, and no later than the end of the key that asks for it. Left out, that of the old key.
             */
            expires_at?: string;
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
            /** @description Counts the events of the tenant without a gap, in the order in which they were recorded. */
            seq: number;
            /**
             * @description What happened, such as `user.created`, `api_key.revoked`, `user_import.completed`. `request.refused`, `request.failed` and
             *     `request.unknown`: what was asked for did not happen, failed, or nobody knows. Users of an import are told of by
             *     `user_import.completed` together, whose `target` is the import; by `user.created` each only where the import asks for it
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
             * @description When it was recorded; about a second later at most.
             */
            recorded_at: string;
            /** @description Not there for what belongs to no tenant. */
            tenant_id?: string;
            /** @description Who did it. `system`, by itself, when its time had come; `nobody`, without a credential that is good. */
            principal: {
                /** @enum {string} */
                kind: "user" | "tenant" | "app" | "operator" | "system" | "nobody";
                /** @description The API key, app or single-page app. */
                client_id?: string;
                /** @description The user, or the one for whom an app did it. */
                user_id?: string;
            };
            /** @description The operationId that was called. */
            operation?: string;
            /** @description The id of what it was done to or made. */
            target?: string;
            /**
             * @description `accepted`: what comes of it is an event of its own.
             * @enum {string}
             */
            outcome: "succeeded" | "accepted" | "refused" | "failed" | "unknown";
            /** @description The HTTP status of the answer. */
            status?: number;
            /** @description The problem code, when it did not succeed. */
            code?: string;
            request_id?: string;
            /** @description From where. */
            address?: string;
            /** @description So many alike, in a row, are this one event. */
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
            /** @description Present while there is more to look through. */
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
            /** @description With a credential that is good. */
            requests: number;
            /** @description Of those, how many were answered 4xx. */
            refusals: number;
            /** @description Of those, how many were answered 5xx. */
            failures: number;
            /** @description Calls made at the authority on its account. */
            relay_calls: number;
            /** @description Users created by user imports. */
            rows_created: number;
            /** @description From when a request had arrived until it was answered. Percentiles are the step below which so many stayed (1, 2, 5, 10, 20, 50 … ms); not there without requests, nor when they took longer than the last step, 10 s. */
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
            /** @description What each used in all, the one with the most requests first. */
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
             * @description `unverified`: its endpoint has not answered the challenge yet; no events are sent to it.
             * @enum {string}
             */
            status: "unverified" | "enabled" | "disabled";
            /**
             * @description `gone`: it answered 410. `failing`: nothing arrived for days.
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
             * @description Nothing has arrived since then.
             */
            failing_since?: string;
            /** @description Events that it is still to be told of. */
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
            /** @description Types of events, as in the audit log. */
            event_types: string[];
            /**
             * @description One event after the other, in the order of the audit log, each only when the one before has arrived or was given up. One that fails then holds up those behind it.
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
             * @description `unverified`: its endpoint has not answered the challenge yet; no events are sent to it.
             * @enum {string}
             */
            status: "unverified" | "enabled" | "disabled";
            /**
             * @description `gone`: it answered 410. `failing`: nothing arrived for days.
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
             * @description Nothing has arrived since then.
             */
            failing_since?: string;
            /** @description Events that it is still to be told of. */
            pending: number;
            /** Format: date-time */
            created_at: string;
            /** @description For checking signatures (`whsec_…`). Shown this once. */
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
            /** @description Types of events, as in the audit log. */
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
             * @description So long the old secret is good for. `0` for one that leaked.
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
             * @description Since when, by `recorded_at`.
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
                /** @description Also its `webhook-id`. */
                event_id: string;
                /** @description Type of the event, or `webhook.verification`. */
                type: string;
                attempt: number;
                /** Format: date-time */
                time: string;
                /**
                 * @description `failed`: it is tried again. `given_up`: it is not, but can be replayed.
                 * @enum {string}
                 */
                result: "delivered" | "failed" | "given_up";
                /** @description What the endpoint answered. */
                status?: number;
                /**
                 * @description `address_refused`: it is not at an address of the public internet. `not_agreed`: it answered `webhook.verification` without its challenge.
                 * @enum {string}
                 */
                error?: "timeout" | "address_refused" | "unreachable" | "not_agreed";
                /**
                 * @description Of `unreachable` and `timeout`, what kept an answer from coming: the name could not be looked up, there was no connection or it broke, the certificate is not trusted (or it is no TLS), or it took too long.
                 * @enum {string}
                 */
                reason?: "name" | "connection" | "certificate" | "time";
                ms: number;
                /**
                 * Format: date-time
                 * @description When it is tried again.
                 */
                next_at?: string;
            }[];
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
         * @description A third-party app, as a tenant sees it.
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
         *       "vouched_for": false
         *     }
         */
        TenantApp: {
            client_id: string;
            /** @description As the app calls itself. */
            name: string;
            /**
             * @description By which door it came.
             * @enum {string}
             */
            registration: "dynamic" | "metadata_document";
            /**
             * @description What the operator decided, for all tenants.
             * @enum {string}
             */
            status: "pending" | "approved" | "blocked";
            /** @description Why its name or logo deserves a second look. */
            flags: ("operator_name" | "mixed_scripts" | "confusable_name" | "operator_logo")[];
            /** @description All that it may ever ask users for. */
            scopes: string[];
            redirect_uris: string[];
            /** @description Said by the app itself, as all addresses here; never fetched. */
            client_uri?: string;
            logo_uri?: string;
            /** @description Of what a decision is made on: another one when the app has another name, logo, page, key, redirect host or scope. */
            version: string;
            /** Format: date-time */
            registered_at: string;
            /**
             * Format: date-time
             * @description Up to a second behind.
             */
            last_used_at?: string;
            /**
             * @description What the tenant decided.
             * @enum {string}
             */
            decision: "allowed" | "denied" | "undecided";
            /**
             * @description What follows for its users.
             * @enum {string}
             */
            access: "allowed" | "denied" | "blocked";
            /** @description It registered with an initial access token of the tenant. */
            vouched_for: boolean;
            /**
             * Format: date-time
             * @description What the tenant allowed, or vouched for, ended then: the app has another name, logo, page, key or redirect host, or more scopes. Whoever decided decides anew.
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
         *           "vouched_for": false
         *         }
         *       ]
         *     }
         */
        TenantAppList: {
            apps: components["schemas"]["TenantApp"][];
        };
        /**
         * @example {
         *       "decision": "allowed",
         *       "version": "3b1uM2kQ9ZpL1mNv"
         *     }
         */
        AppDecision: {
            /**
             * @description undecided takes an earlier decision back.
             * @enum {string}
             */
            decision: "allowed" | "denied" | "undecided";
            /** @description As the app was shown. When it has become another one since, the answer is 412, and nothing is decided. */
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
            /** @description Apps that were registered with it. */
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
            /** @description Whom it is for. */
            name: string;
            /**
             * @description How many apps may be registered with it.
             * @default 1
             */
            max_uses: number;
            /** @description Left out, a day, or as long as the API key that asks for it if that one ends before; 90 days at most. */
            expires_in_seconds?: number;
        };
        /**
         * @description A new initial access token. This is the only time that it is shown.
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
            /** @description Apps that were registered with it. */
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
            /** @description As the app calls itself. */
            name: string;
            /**
             * @description By which door it came.
             * @enum {string}
             */
            registration: "dynamic" | "metadata_document";
            /**
             * @description What the operator decided, for all tenants.
             * @enum {string}
             */
            status: "pending" | "approved" | "blocked";
            /** @description Why its name or logo deserves a second look. */
            flags: ("operator_name" | "mixed_scripts" | "confusable_name" | "operator_logo")[];
            /** @description All that it may ever ask users for. */
            scopes: string[];
            redirect_uris: string[];
            /** @description Said by the app itself, as all addresses here; never fetched. */
            client_uri?: string;
            logo_uri?: string;
            /** @description Of what a decision is made on: another one when the app has another name, logo, page, key, redirect host or scope. */
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
             * @description The approval ended then: the app has another name, logo, page, key or redirect host, or more scopes. Whoever decided decides anew.
             */
            lapsed_at?: string;
            /** @description The tenant with whose initial access token it registered. */
            vouched_by?: string;
            /** @description Who signed the software statement that it came with. */
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
            /** @description Not there on the last page. */
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
            /** @description As the app was shown. When it has become another one since, the answer is 412, and nothing is decided. */
            version?: string;
        };
        /**
         * @description Chosen at creation, and never changed.
         * @example acme
         */
        TenantId: string;
        /**
         * @description A tenant's single-page app.
         * @example {
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
            /** @description Its client at the authority. */
            client_id: string;
            origins: string[];
            callback_urls: string[];
            logout_urls: string[];
        };
        /**
         * @description A tenant as the operator sees it.
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
         *       "connection": "acme-users",
         *       "web_app": {
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
             * @description Nobody of it is let in unless it is active.
             * @enum {string}
             */
            status: "creating" | "active" | "suspended" | "deleting";
            /** Format: date-time */
            created_at: string;
            /** @description What holds. */
            limits: {
                /** @description User imports that run at the same time. */
                imports: number;
                /** @description API keys; one whose rotation is under way counts twice. */
                api_keys: number;
                /** @description Requests of all its callers together. */
                requests_per_minute: number;
                /** @description Of those, what one API key, one user, or one app for one user may make. */
                requests_per_minute_per_principal: number;
            };
            /** @description How far its own people may raise them. */
            max_limits: {
                /** @description User imports that run at the same time. */
                imports: number;
                /** @description API keys; one whose rotation is under way counts twice. */
                api_keys: number;
                /** @description Requests of all its callers together. */
                requests_per_minute: number;
                /** @description Of those, what one API key, one user, or one app for one user may make. */
                requests_per_minute_per_principal: number;
            };
            /** @description Roles that its callers may give to its users. */
            assignable_roles: components["schemas"]["RoleName"][];
            /** @description Of which its own people may choose those. */
            allowed_roles: components["schemas"]["RoleName"][];
            /**
             * @description Whether third-party apps may act for its users where nothing is said of the app.
             * @enum {string}
             */
            default_app_access: "allow" | "deny";
            /** @description The connection at the authority that its users live in. */
            connection: string;
            web_app?: components["schemas"]["WebApp"];
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
         *           "connection": "acme-users"
         *         }
         *       ],
         *       "next_cursor": "YWNtZQ"
         *     }
         */
        OperatedTenantList: {
            tenants: components["schemas"]["OperatedTenant"][];
            /** @description Present while there is more. */
            next_cursor?: string;
        };
        /**
         * @description Where a tenant's single-page app is.
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
            /** @description Scheme, host and port as a browser says them: `https://acme.example.com`. http on loopback only. */
            origins: string[];
            /** @description Where the authority sends people back to after signing in; https, or http on loopback. */
            callback_urls: string[];
            /** @description Where it may send them after signing out; left out, the origins. */
            logout_urls?: string[];
        };
        /**
         * @description A tenant to be made.
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
             * @description A connection at the authority that its users shall live in, with others. Left out, the tenant gets one of its own, named
             *     `<id>-users`: then no two tenants' users can get in each other's way.
             */
            connection?: string;
            web_app: components["schemas"]["NewWebApp"];
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
                /** @description Left out, every scope. */
                scopes?: string[];
            };
            /** @description How far its own people may raise its limits, and what the limits are at first. Left out, the deployment's own. */
            max_limits?: {
                imports?: number;
                api_keys?: number;
                requests_per_minute?: number;
                requests_per_minute_per_principal?: number;
            };
            /** @description Roles that its callers may give to its users; left out, every role. */
            allowed_roles?: components["schemas"]["RoleName"][];
            /**
             * @description Whether third-party apps may act for its users where nothing is said of the app.
             * @enum {string}
             */
            default_app_access?: "allow" | "deny";
        };
        /**
         * @description A new tenant. This is the only time that the secret and the address are shown.
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
         *         "connection": "acme-users",
         *         "web_app": {
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
                /** @description Where the admin sets a password. Hand it on. */
                password_url: string;
                /**
                 * Format: date-time
                 * @description Until when that address is good.
                 */
                expires_at: string;
            };
        };
        /**
         * @description What a deletion would take away.
         * @example {
         *       "tenant_id": "acme",
         *       "users": "delete",
         *       "would_delete": {
         *         "api_keys": 2,
         *         "web_apps": 1,
         *         "users": 120,
         *         "consents": 7,
         *         "connections": 1,
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
                /** @description With `users=keep`: 0. */
                users: number;
                /** @description What its users have allowed third-party apps. */
                consents: number;
                /** @description Its own, when its users go with it. */
                connections: number;
                /** @description User imports that would be broken off. */
                open_imports: number;
            };
            /** @description To be sent as `confirm`, by the client that asked. */
            confirmation: string;
            /** Format: date-time */
            confirm_before: string;
        };
        /**
         * @description What the operator may change of a tenant.
         * @example {
         *       "max_limits": {
         *         "api_keys": 50
         *       },
         *       "allowed_roles": [
         *         "member"
         *       ]
         *     }
         */
        OperatedTenantChanges: {
            name?: string;
            /** @description How far its own people may raise its limits. */
            max_limits?: {
                imports?: number;
                api_keys?: number;
                requests_per_minute?: number;
                requests_per_minute_per_principal?: number;
            };
            /** @description Of which its own people may choose those that its callers may give. */
            allowed_roles?: components["schemas"]["RoleName"][];
            /**
             * @description Whether third-party apps may act for its users where nothing is said of the app.
             * @enum {string}
             */
            default_app_access?: "allow" | "deny";
        };
        /**
         * @description Client metadata (RFC 7591 section 2). Members that are not listed are ignored, and so are those that are null or empty, of whatever type, but for `redirect_uris`. Grant and response types beyond those of the code flow, and scopes that are unknown, are dropped: the answer shows what was registered. Names and addresses may come in several languages (`client_name#ja`). No address in here is ever fetched.
         * @example {
         *       "client_name": "Example Reports",
         *       "redirect_uris": [
         *         "https://reports.example/callback"
         *       ],
         *       "token_endpoint_auth_method": "none"
         *     }
         */
        ClientMetadata: {
            /** @description https, http on a loopback address, a private-use scheme of a native app such as `com.example.app:`, or one that the operator allows exactly as it is (`REDIRECT_URI_EXCEPTIONS`). */
            redirect_uris: string[];
            client_name?: string | null;
            client_uri?: string | null;
            logo_uri?: string | null;
            tos_uri?: string | null;
            policy_uri?: string | null;
            contacts?: string[] | null;
            /** @description Scopes that the app may ask for later; cut to what apps may have, and `offline_access`. None of this API's among them: all that apps may have, and when an app is changed, those that it has. */
            scope?: string | null;
            /** @description `authorization_code` among them, where it is not left out; registered are this and `refresh_token`. */
            grant_types?: string[] | null;
            /** @description `code` among them, where it is not left out. */
            response_types?: string[] | null;
            /** @description none, client_secret_basic (what is meant when it is left out), client_secret_post or private_key_jwt. The last is not announced in the metadata: its assertions must name the authority's own issuer as `aud`, with the slash at its end, and not ours. */
            token_endpoint_auth_method?: string | null;
            /** @description For private_key_jwt: one or two public RSA keys (RFC 7517). A `kid` has 10 to 64 letters, digits, `-` and `_`, and belongs to one key. */
            jwks?: {
                keys?: Record<string, never>[];
            } | null;
            /** @description Not fetched, so no use for private_key_jwt. */
            jwks_uri?: string | null;
            /** @description web or native; left out, it follows from the redirect URIs. */
            application_type?: string | null;
            software_id?: string | null;
            software_version?: string | null;
            /** @description A signed JWT by an issuer that is trusted here. What it says wins over the members beside it. */
            software_statement?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description What was registered (RFC 7591 section 3.2.1).
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
            /** @description Shown this once; only where the app authenticates with one. */
            client_secret?: string;
            /** @description Where a secret was issued. 0: never. */
            client_secret_expires_at?: number;
            /** @description Manages this registration (RFC 7592). Not kept here: each answer to `PUT` holds a new one. */
            registration_access_token?: string;
            /** @description Where it is managed. */
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
         * @description All metadata of an app anew (RFC 7592 section 2.2).
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
            /** @description Of the app itself. */
            client_id: string;
            /** @description May be left out; never changes anything. */
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
        /** @description No credential, or one that was refused. */
        Unauthorized: {
            headers: {
                /** @description One challenge a field, Bearer first. */
                "WWW-Authenticate"?: string;
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The credential is good, but does not allow this. */
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
        /** @description No media type that the caller accepts. */
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
        /** @description Too often; repeat after `Retry-After`. */
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
        /** @description Not now; repeat after `Retry-After`. */
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
        /** @description Taken on, not finished yet. The job tells when it is. */
        Accepted: {
            headers: {
                /** @description The job. */
                Location: string;
                /** @description The preferences that were followed (RFC 7240). */
                "Preference-Applied"?: string;
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Job"];
            };
        };
        /** @description The authority refused this service's own call; or an answer was lost, the authority's or the store's, and nobody knows whether it was carried out. */
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
        /** @description Not there, or not for this caller to know of. */
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
        /** @description It exists already. */
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
        /** @description The body is of a media type, a charset or a content coding that the operation does not read. */
        UnsupportedMediaType: {
            headers: {
                /** @description The media types that the operation reads. */
                "Accept-Post"?: string;
                /** @description The content codings that the operation reads, where the one in `Content-Encoding` is not one of them. */
                "Accept-Encoding"?: string;
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is well-formed, but its content is wrong. */
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
        /** @description It was there, and was deleted. */
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
        /** @description It is not any more as the caller saw it. */
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
        /** @description The request must say what it was made from. */
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
         * @description As `application/json` a page of events. A page may hold fewer events than `limit`, none even, while there is more to look through:
         *     go on as long as there is a `next_cursor`. As `application/x-ndjson` (`Accept`) all of them, one a line, streamed; `limit` and
         *     `cursor` mean nothing then, and one whose caller may not call any more is broken off, without the end of its transfer.
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
        /** @description The metadata or the request is wrong. */
        BadMetadata: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthError"];
            };
        };
        /** @description The token is missing, or was refused; for a registration access token also because its app is deleted (RFC 7592). */
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
        /** @description No media type that the caller accepts. */
        "NotAcceptable-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthError"];
            };
        };
        /** @description The body did not arrive in time. The server itself says so, in the way in which it says it at every path. */
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
        /** @description Not JSON in UTF-8, or in a content coding that is not read. */
        "UnsupportedMediaType-2": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["OAuthError"];
            };
        };
        /** @description Too many registrations, or requests without a good credential, from this address; repeat after `Retry-After`. */
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
        /** @description Not now, or there are as many apps as there may be. Nothing was registered. */
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
         * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240). A caller who may not call any
         *     more when the outcome is there does not get it.
         * @example respond-async
         */
        Prefer: string;
        /** @description The client id of an app. */
        AppClientId: string;
        /** @description How many at the most. */
        Limit: number;
        /**
         * @description Where to go on; `next_cursor` of the answer before. It is good for the same caller and the same filters, for 24 hours; `limit` may
         *     change.
         */
        Cursor: string;
        /**
         * @description A value of your choice, new for each thing you want done. The same key with the same request gets the same answer for 24 hours and
         *     has no second effect; with another request it gets 422. A request that ended 503 had no effect and may be repeated with its key.
         * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
         */
        IdempotencyKey: string;
        UserId: components["schemas"]["UserId"];
        /**
         * @description A value of your choice, new for each import. The same key with the same upload is the same import, however often it is sent;
         *     with other bytes or parameters it gets 422, and 409 while the first upload is still arriving. Not heeded by a dry run.
         * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
         */
        ImportIdempotencyKey: string;
        ImportId: string;
        JobId: string;
        /**
         * @description The `ETag` of an answer that the caller has, several of them, or `*`. When nothing has changed since, the answer is 304 without a body
         *     (RFC 9110 section 13.1.2).
         * @example "3Q2vJ8w0m1xTq9Zk"
         */
        IfNoneMatch: string;
        /**
         * @description The `ETag` of what the change was made from, as the last `GET` gave it; `*`: whatever it is now. Without it the answer is 428; when
         *     somebody else has changed it since, 412, and nothing is changed (RFC 9110 section 13.1.1).
         * @example "3Q2vJ8w0m1xTq9Zk"
         */
        IfMatch: string;
        /** @description The client id of an API key. */
        ApiKeyClientId: string;
        /** @description Only events that were recorded then or later. */
        From: string;
        /** @description Only events that were recorded before. */
        Before: string;
        /** @description Only events of this type. */
        Type: string;
        /** @description Only what callers of this kind did. */
        PrincipalKind: "user" | "tenant" | "app" | "operator" | "system" | "nobody";
        /** @description Only what this API key, app or single-page app did. */
        ClientId: string;
        /** @description Only what this user did, by itself or through an app. */
        "UserId-2": string;
        /** @description Only calls of this operation (its operationId). */
        Operation: string;
        /** @description Only events with this outcome. */
        Outcome: "succeeded" | "accepted" | "refused" | "failed" | "unknown";
        /** @description Only what was done to the thing with this id. */
        Target: string;
        /** @description Newest first, or oldest first. */
        Order: "newest_first" | "oldest_first";
        WebhookId: string;
        InitialAccessTokenId: string;
        TenantId: components["schemas"]["TenantId"];
    };
    requestBodies: never;
    headers: {
        /** @description How many requests the tenant as a whole, and this caller, may make in how many seconds. Only to callers of a tenant. */
        "RateLimit-Policy": string;
        /** @description How many of those are left, and in how many seconds they are all there again. Only to callers of a tenant. */
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
    listConsents: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240). A caller who may not call any
                 *     more when the outcome is there does not get it.
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
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240). A caller who may not call any
                 *     more when the outcome is there does not get it.
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
                /** @description Only users with exactly this name, whatever the case. */
                name?: string;
                /** @description Only users whose name begins like this, whatever the case. */
                name_prefix?: string;
                blocked?: boolean;
                /** @description Only users who hold this role. */
                role?: string;
                /** @description Only users created then or later. */
                created_from?: string;
                /** @description Only users created before then. */
                created_before?: string;
                /** @description Only users who last signed in then or later. */
                last_login_from?: string;
                /** @description Only users who last signed in before then. */
                last_login_before?: string;
                /** @description How many at the most. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Where to go on; `next_cursor` of the answer before. It is good for the same caller and the same filters, for 24 hours; `limit` may
                 *     change.
                 */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240). A caller who may not call any
                 *     more when the outcome is there does not get it.
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
                 * @description A value of your choice, new for each thing you want done. The same key with the same request gets the same answer for 24 hours and
                 *     has no second effect; with another request it gets 422. A request that ended 503 had no effect and may be repeated with its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240). A caller who may not call any
                 *     more when the outcome is there does not get it.
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
    getUser: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240). A caller who may not call any
                 *     more when the outcome is there does not get it.
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
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240). A caller who may not call any
                 *     more when the outcome is there does not get it.
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
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240). A caller who may not call any
                 *     more when the outcome is there does not get it.
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
    getUserRoles: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240). A caller who may not call any
                 *     more when the outcome is there does not get it.
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
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240). A caller who may not call any
                 *     more when the outcome is there does not get it.
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
            /** @description All roles that the user holds now. */
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
    createPasswordReset: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A value of your choice, new for each thing you want done. The same key with the same request gets the same answer for 24 hours and
                 *     has no second effect; with another request it gets 422. A request that ended 503 had no effect and may be repeated with its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240). A caller who may not call any
                 *     more when the outcome is there does not get it.
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
                 * @description A value of your choice, new for each thing you want done. The same key with the same request gets the same answer for 24 hours and
                 *     has no second effect; with another request it gets 422. A request that ended 503 had no effect and may be repeated with its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240). A caller who may not call any
                 *     more when the outcome is there does not get it.
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
                /** @description How many at the most. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Where to go on; `next_cursor` of the answer before. It is good for the same caller and the same filters, for 24 hours; `limit` may
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
                /** @description Check the rows and say what is wrong with them, and do nothing. */
                dry_run?: boolean;
                /**
                 * @description `row_by_row`: one call for each user, for any row without a password hash. `import_jobs`: Auth0's import jobs, for rows without a
                 *     clear-text password (the others still go one by one). `auto`: import jobs where every row allows it, there are enough
                 *     of them and it is the quicker way just now, or where a row has a password hash.
                 */
                channel?: "auto" | "row_by_row" | "import_jobs";
                /** @description Have Auth0 send each new user whose email is not verified a mail. Goes row by row. */
                send_verification_email?: boolean;
                /** @description Have each user that is created told of by an event of its own (`user.created`, with `operation: createUserImport`), in the audit log and to webhooks that chose it. Otherwise `user_import.completed` tells of all of them together: its `target` is the import, whose rows say who was created. An audit log that is nearly full takes in no more of these events. */
                user_events?: boolean;
            };
            header?: {
                /**
                 * @description A value of your choice, new for each import. The same key with the same upload is the same import, however often it is sent;
                 *     with other bytes or parameters it gets 422, and 409 while the first upload is still arriving. Not heeded by a dry run.
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
            /** @description Every row is stored; the import runs. */
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
                /** @description How many at the most; of pages only. */
                limit?: number;
                /**
                 * @description Where to go on; `next_cursor` of the answer before. It is good for the same caller and the same filters, for 24 hours; `limit` may
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
                /** @description The id of the last event that the caller has seen. */
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
            /** @description The import has ended, and the caller has seen that. */
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
    listDeadLetters: {
        parameters: {
            query?: {
                /** @description How many at the most. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Where to go on; `next_cursor` of the answer before. It is good for the same caller and the same filters, for 24 hours; `limit` may
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
            /** @description It is queued. */
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
                 * @description The `ETag` of an answer that the caller has, several of them, or `*`. When nothing has changed since, the answer is 304 without a body
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
                 * @description The `ETag` of what the change was made from, as the last `GET` gave it; `*`: whatever it is now. Without it the answer is 428; when
                 *     somebody else has changed it since, 412, and nothing is changed (RFC 9110 section 13.1.1).
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
                 * @description A value of your choice, new for each thing you want done. The same key with the same request gets the same answer for 24 hours and
                 *     has no second effect; with another request it gets 422. A request that ended 503 had no effect and may be repeated with its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240). A caller who may not call any
                 *     more when the outcome is there does not get it.
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
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A value of your choice, new for each thing you want done. The same key with the same request gets the same answer for 24 hours and
                 *     has no second effect; with another request it gets 422. A request that ended 503 had no effect and may be repeated with its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240). A caller who may not call any
                 *     more when the outcome is there does not get it.
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
            /** @description The successor, now the only one of the two. */
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
            /** @description The key, which lives on. */
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
                /** @description Only events that were recorded then or later. */
                from?: components["parameters"]["From"];
                /** @description Only events that were recorded before. */
                before?: components["parameters"]["Before"];
                /** @description Only events of this type. */
                type?: components["parameters"]["Type"];
                /** @description Only what callers of this kind did. */
                principal_kind?: components["parameters"]["PrincipalKind"];
                /** @description Only what this API key, app or single-page app did. */
                client_id?: components["parameters"]["ClientId"];
                /** @description Only what this user did, by itself or through an app. */
                user_id?: components["parameters"]["UserId-2"];
                /** @description Only calls of this operation (its operationId). */
                operation?: components["parameters"]["Operation"];
                /** @description Only events with this outcome. */
                outcome?: components["parameters"]["Outcome"];
                /** @description Only what was done to the thing with this id. */
                target?: components["parameters"]["Target"];
                /** @description Newest first, or oldest first. */
                order?: components["parameters"]["Order"];
                /** @description How many at the most. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Where to go on; `next_cursor` of the answer before. It is good for the same caller and the same filters, for 24 hours; `limit` may
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
                /** @description How long a period is. */
                interval?: "hour" | "day";
                /** @description The first period is the one that this is in. Left out, 24 hours or 30 days before `before`. */
                from?: string;
                /** @description The last period is the one that ends then, or that this is in. Left out, now. */
                before?: string;
                /** @description Only of this API key, app or single-page app. */
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
                /** @description How many at the most. */
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
                /** @description Only events of this tenant; `-`, those that belong to none. */
                tenant_id?: string;
                /** @description Only events that were recorded then or later. */
                from?: components["parameters"]["From"];
                /** @description Only events that were recorded before. */
                before?: components["parameters"]["Before"];
                /** @description Only events of this type. */
                type?: components["parameters"]["Type"];
                /** @description Only what callers of this kind did. */
                principal_kind?: components["parameters"]["PrincipalKind"];
                /** @description Only what this API key, app or single-page app did. */
                client_id?: components["parameters"]["ClientId"];
                /** @description Only what this user did, by itself or through an app. */
                user_id?: components["parameters"]["UserId-2"];
                /** @description Only calls of this operation (its operationId). */
                operation?: components["parameters"]["Operation"];
                /** @description Only events with this outcome. */
                outcome?: components["parameters"]["Outcome"];
                /** @description Only what was done to the thing with this id. */
                target?: components["parameters"]["Target"];
                /** @description Newest first, or oldest first. */
                order?: components["parameters"]["Order"];
                /** @description How many at the most. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Where to go on; `next_cursor` of the answer before. It is good for the same caller and the same filters, for 24 hours; `limit` may
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
    startAuthorization: {
        parameters: {
            query: {
                /** @description Of a registered app, or the address of its metadata document. */
                client_id: string;
                /** @description This API, by its address or its identifier at the authority (RFC 8707); a slash at its end makes no difference. */
                resource?: string | string[];
                /** @description The same in Auth0's own words. */
                audience?: string | string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description On to the authority. */
            302: {
                headers: {
                    /** @description The authority's own authorization endpoint. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A parameter is wrong, it names another API, or the metadata document is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                    "text/html": string;
                };
            };
            /** @description No media type that the caller accepts. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                    "text/html": string;
                };
            };
            /** @description Too many requests or documents from this address lately. */
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
            /** @description The authority, or a part of this service, is away, or the account takes no more apps. */
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
    listTenantApps: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The apps. */
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
                /** @description Only those. */
                status?: "pending" | "approved" | "blocked";
                /** @description How many at the most. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Where to go on; `next_cursor` of the answer before. It is good for the same caller and the same filters, for 24 hours; `limit` may
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
                /** @description How many at the most. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Where to go on; `next_cursor` of the answer before. It is good for the same caller and the same filters, for 24 hours; `limit` may
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
                 * @description A value of your choice, new for each thing you want done. The same key with the same request gets the same answer for 24 hours and
                 *     has no second effect; with another request it gets 422. A request that ended 503 had no effect and may be repeated with its key.
                 * @example 8e03978e-40d5-43dd-bc93-6894a57f9324
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /**
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240). A caller who may not call any
                 *     more when the outcome is there does not get it.
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
                 * @description The `ETag` of an answer that the caller has, several of them, or `*`. When nothing has changed since, the answer is 304 without a body
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
                 * @description What becomes of its users at the authority: `delete` them, or `keep` them in their connection, where nobody signs them in to this
                 *     API any more.
                 * @example delete
                 */
                users: "delete" | "keep";
                /** @description Only says what would go. */
                dry_run?: boolean;
                /** @description The `confirmation` of a dry run of the same deletion. */
                confirm?: string;
            };
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240). A caller who may not call any
                 *     more when the outcome is there does not get it.
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
            /** @description What would go. */
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
                 * @description The `ETag` of what the change was made from, as the last `GET` gave it; `*`: whatever it is now. Without it the answer is 428; when
                 *     somebody else has changed it since, 412, and nothing is changed (RFC 9110 section 13.1.1).
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
    replaceTenantWebApp: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240). A caller who may not call any
                 *     more when the outcome is there does not get it.
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
            /** @description What is registered. A secret that was issued is not shown again. */
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
            /** @description What is registered now. */
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
                     *       "resource_name": "Trivium",
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
            /** @description Where to look. */
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
                         * @description How an app finds its way in (RFC 9728).
                         */
                        resource_metadata: string;
                    };
                };
            };
            /** @description Whoever prefers HTML is led to the documentation. */
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
                     *       "meaning": "There is nothing at this address, or nothing that this caller may know of.",
                     *       "next": "Check the address and the id."
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
            /** @description Alive. */
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
            /** @description Not ready; `checks` says which part is missing. When they are all well, it stops. */
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
