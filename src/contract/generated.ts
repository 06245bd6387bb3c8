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
         * @description Creates a user in the caller's tenant. No mail is sent. Without a password the user sets one by a password reset.
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
         * @description For good, with all that the authority keeps of it.
         */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        /**
         * Change a user
         * @description Changes what the body names and leaves the rest. `null` removes a value. Members of `user_metadata` are merged at the first
         *     level. `blocked` keeps a user from signing in. A new email is unproven unless `email_verified` says otherwise; no mail is sent.
         *     Roles are changed with `PUT /v1/users/{user_id}/roles`.
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
         *     stay as they are. The next token that the user gets carries the new ones.
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
         *     once, here or in the job.
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
         * @description The authority sends the user a mail with a link that proves its email. It is never sent twice by us.
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
         *     length up to the limits of this installation; what is larger gets 413 and is told which limit it exceeded. Each row is checked as
         *     it comes. One that is wrong, or has an email that an earlier row has, ends `failed` and does not stop the rest. The answer is
         *     202 when every row is stored; an upload that breaks off leaves nothing behind.
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
         *     a spreadsheet would take for a formula has a `'` before it.
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
         *     tells it not to come again, when the import has ended and it knows that.
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
         * @description A job of the caller's tenant. It is kept for a day after it ended.
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
         * @description The budget of Management API calls that all processes share, bucket by bucket: one for each group of endpoints, or `all` where the
         *     plan has one for everything. A bucket is listed once it was used.
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
         * @description The tenant that the caller belongs to. Touches nothing at the authority.
         */
        get: operations["getTenant"];
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
         * @description The keys of the caller's tenant, oldest first, with when and how often each was used. Touches nothing at the authority.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Create an API key
         * @description Makes a client of its own at the authority, with the given scopes and no others. Its secret is in this answer and is never
         *     shown again; an answer that comes as a job shows it at the first look.
         *     Nobody can give scopes that they do not have: a user has those of the operations that its roles may call.
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
         */
        post: operations["cancelApiKeyRotation"];
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
         *     other. Errors are OAuth errors, not problem documents.
         */
        post: operations["registerApp"];
        delete?: never;
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
         * @description Where to get a token for this API (RFC 9728). The Bearer challenge points here.
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
         * @description How to get in (RFC 8414): registration is ours, every other endpoint is the authority's.
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
         * @description Whether the store and the authority's signing keys can be reached. `queue` says whether workers take what is queued for the
         *     authority; while they do not, calls are still taken on and answered 202, so that alone does not make the API unready.
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
         *         "openid",
         *         "profile"
         *       ],
         *       "user_id": "auth0|5f7c8ec7c33c6c004bbafe82",
         *       "roles": [
         *         "admin"
         *       ]
         *     }
         */
        Me: {
            /** @enum {string} */
            kind: "user" | "tenant" | "app";
            tenant_id: string;
            /** @description The client that the credential was issued to: single-page app, API key or third-party app. */
            client_id: string;
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
            /** @description With `succeeded`, what the operation would have answered. */
            answer?: {
                status: number;
                /** @description The body of the operation's own answer; not there when it has none. */
                body?: unknown;
            };
            problem?: components["schemas"]["Problem"];
        };
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
            /**
             * @description What the user may do in this API.
             * @default [
             *       "member"
             *     ]
             */
            roles: ("admin" | "member")[];
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
            roles: ("admin" | "member")[];
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
            /**
             * @description What the user may do in this API.
             * @default [
             *       "member"
             *     ]
             */
            roles: ("admin" | "member")[];
            /** @description Free data about the user; the user may see it. */
            user_metadata?: {
                [key: string]: unknown;
            };
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
         *       "status": "failed",
         *       "error": {
         *         "code": "invalid_body",
         *         "message": "must have required property 'email'",
         *         "pointer": ""
         *       }
         *     }
         */
        UserImportRow: {
            /** @description The place in the import, from 1. */
            row: number;
            /** @enum {string} */
            status: "pending" | "created" | "failed" | "skipped" | "unknown";
            /** @description The email that the row gave, if it gave one. */
            email?: string;
            user_id?: components["schemas"]["UserId"];
            error?: {
                /** @description A problem code. */
                code: string;
                message: string;
                /** @description RFC 6901 pointer to the wrong field of the row. */
                pointer?: string;
            };
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
         *         }
         *       ]
         *     }
         */
        Budget: {
            buckets: {
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
                 * @description `kills_workers`: every worker that had it in hand died. `failed_inside`: our own code failed; the log has it by `request_id`. `authority_refused_us`: the authority refused our own credential or its scopes.
                 * @enum {string}
                 */
                reason: "kills_workers" | "failed_inside" | "authority_refused_us";
                /** @description What its caller was told. */
                code: string;
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
         *       "created_at": "2026-11-23T09:00:00.000Z"
         *     }
         */
        Tenant: {
            id: string;
            name: string;
            /** @enum {string} */
            status: "active" | "suspended";
            /** Format: date-time */
            created_at: string;
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
            /** @description The user, or the client id of the key, that made it. Not there for a key that the operator made. */
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
             * @description In the future; left out, it does not expire.
             */
            expires_at?: string;
            /** @description From where it may be used, each an address or a range in CIDR notation; left out, from anywhere. */
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
            /** @description The user, or the client id of the key, that made it. Not there for a key that the operator made. */
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
             * @description How long the old key lives on. `0` ends it at once.
             * @default 86400
             */
            overlap_seconds: number;
            /**
             * Format: date-time
             * @description The successor's; left out, that of the old key.
             */
            expires_at?: string;
        };
        /**
         * @description Client metadata (RFC 7591 section 2). Members that are not listed are ignored.
         * @example {
         *       "client_name": "Example Reports",
         *       "redirect_uris": [
         *         "https://reports.example/callback"
         *       ],
         *       "token_endpoint_auth_method": "none"
         *     }
         */
        ClientMetadata: {
            redirect_uris: string[];
            client_name?: string;
            /** Format: uri */
            client_uri?: string;
            /** Format: uri */
            logo_uri?: string;
            /** Format: uri */
            tos_uri?: string;
            /** Format: uri */
            policy_uri?: string;
            contacts?: string[];
            /** @description Scopes that the app may ask for later; cut to what apps may have. */
            scope?: string;
            grant_types?: string[];
            response_types?: string[];
            token_endpoint_auth_method?: string;
            /** @enum {string} */
            application_type?: "web" | "native";
            software_id?: string;
            software_version?: string;
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
            /** @description Shown this once; absent for public clients. */
            client_secret?: string;
            /** @description 0: never. */
            client_secret_expires_at?: number;
            client_name?: string;
            redirect_uris: string[];
            grant_types: string[];
            response_types: string[];
            /** @enum {string} */
            token_endpoint_auth_method: "none" | "client_secret_post" | "client_secret_basic";
            /** @enum {string} */
            application_type?: "web" | "native";
            scope: string;
            client_uri?: string;
            logo_uri?: string;
            tos_uri?: string;
            policy_uri?: string;
            contacts?: string[];
            software_id?: string;
            software_version?: string;
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
    };
    responses: {
        /** @description The request is malformed, or a parameter is wrong. */
        BadRequest: {
            headers: {
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
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The credential is good, but does not allow this. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No media type that the caller accepts. */
        NotAcceptable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too often; repeat after `Retry-After`. */
        TooManyRequests: {
            headers: {
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
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Job"];
            };
        };
        /** @description The authority refused this service's own call, or its answer was lost. */
        BadGateway: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body did not arrive in time. */
        RequestTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It exists already. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large. */
        ContentTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is of a media type that the operation does not read. */
        UnsupportedMediaType: {
            headers: {
                /** @description The media types that the operation reads. */
                "Accept-Post"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is well-formed, but its content is wrong. */
        UnprocessableContent: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not there, or not for this caller to know of. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It was there, and was deleted. */
        Gone: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description How many at the most. */
        Limit: number;
        /** @description Where to go on; `next_cursor` of the answer before. */
        Cursor: string;
        /**
         * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240).
         * @example respond-async
         */
        Prefer: string;
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
        /** @description The client id of an API key. */
        ApiKeyClientId: string;
    };
    requestBodies: never;
    headers: never;
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
                /** @description Where to go on; `next_cursor` of the answer before. */
                cursor?: components["parameters"]["Cursor"];
            };
            header?: {
                /**
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240).
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
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240).
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
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240).
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
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240).
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
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240).
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
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240).
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
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240).
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
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240).
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
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240).
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
                /** @description Where to go on; `next_cursor` of the answer before. */
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
                 *     clear-text password (the others still go one by one). `auto`: import jobs where every row allows it and there are enough
                 *     of them, or where a row has a password hash.
                 */
                channel?: "auto" | "row_by_row" | "import_jobs";
                /** @description Have Auth0 send each new user whose email is not verified a mail. Goes row by row. */
                send_verification_email?: boolean;
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
                /** @description Where to go on; `next_cursor` of the answer before. */
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
                /** @description Where to go on; `next_cursor` of the answer before. */
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
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getTenant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tenant. */
            200: {
                headers: {
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
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240).
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
                 * @description `respond-async`: answer 202 with a job at once. `wait=N`: wait N seconds at most, then 202 (RFC 7240).
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
            /** @description The metadata is wrong. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            /** @description No media type that the caller accepts. */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            /** @description The body did not arrive in time. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            /** @description The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            /** @description Not JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            /** @description The service failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            /** @description The authority refused, or its answer was lost. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OAuthError"];
                };
            };
            /** @description Not now. */
            503: {
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
                     *       "resource_name": "Trivium",
                     *       "resource_documentation": "https://api.example.com/docs"
                     *     }
                     */
                    "application/json": {
                        resource: string;
                        authorization_servers: string[];
                        scopes_supported: string[];
                        bearer_methods_supported: "header"[];
                        resource_name?: string;
                        resource_documentation?: string;
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
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
                     *       "authorization_endpoint": "https://example.eu.auth0.com/authorize",
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
                        service_documentation?: string;
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
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
            406: components["responses"]["NotAcceptable"];
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
            406: components["responses"]["NotAcceptable"];
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
            404: components["responses"]["NotFound"];
            406: components["responses"]["NotAcceptable"];
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
            406: components["responses"]["NotAcceptable"];
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
            406: components["responses"]["NotAcceptable"];
            500: components["responses"]["InternalError"];
            /** @description Not ready; `checks` says which part is missing. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "not_ready",
                     *       "checks": {
                     *         "redis": "ok",
                     *         "authority": "failed",
                     *         "queue": "ok"
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
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
