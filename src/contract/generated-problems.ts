// Made by `npm run generate` from openapi/. Do not edit.
export const problems = {
  authentication_required: {
    status: 401,
    title: "Authentication required",
    meaning:
      "The operation needs an authenticated caller, and the request carried no credential.",
    next: "Send one of the credentials that the `WWW-Authenticate` fields name.",
  },
  invalid_authorization_header: {
    status: 401,
    title: "Invalid Authorization header",
    meaning:
      "The `Authorization` field is malformed, too long, or uses a scheme that this operation does not accept.",
    next: "Send `Bearer` with an access token, or `Basic` with an API key's client id and secret.",
  },
  several_credentials: {
    status: 400,
    title: "More than one credential",
    meaning:
      "The request carries more than one credential (two `Authorization` fields, or a token in the query, the body or a WebSocket's subprotocols beside it).",
    next: "Send exactly one, in the `Authorization` field; pages that open a WebSocket, as its subprotocol.",
  },
  invalid_token: {
    status: 401,
    title: "Token refused",
    meaning:
      "The access token is expired, malformed, not signed by the authority, or issued for another audience.",
    next: "Get a new access token for this API's audience.",
  },
  invalid_dpop_proof: {
    status: 401,
    title: "DPoP proof refused",
    meaning:
      "The access token is bound to a key, and the `DPoP` proof is missing, was used before, or does not prove possession of that key for this request (RFC 9449).",
    next: "Create a new proof for each request (method, URL without query, hash of the token) with the key to which the token is bound.",
  },
  invalid_client: {
    status: 400,
    title: "App refused",
    meaning:
      "The client id is the URL of a client id metadata document that cannot be fetched or is not valid.",
    next: "Correct the document, or register the app in another way.",
  },
  invalid_target: {
    status: 400,
    title: "Wrong resource or audience",
    meaning:
      "The authorization request names a resource or an audience that is not this API (RFC 8707 section 2).",
    next: "Send the `resource` of this API's metadata, or leave the parameter out.",
  },
  authorization_request_expired: {
    status: 400,
    title: "Sign-in took too long",
    meaning:
      "The form holds no authorization request that was shown by this API within the last hour.",
    next: "Go back to the app and sign in again.",
  },
  cross_site_form: {
    status: 403,
    title: "Form of another site",
    meaning:
      "The form was sent by a page that is not this API's own (`Sec-Fetch-Site`, `Origin`).",
    next: "Go back to the app and sign in again.",
  },
  origin_not_allowed: {
    status: 403,
    title: "Page of another site",
    meaning:
      "A page asked for a WebSocket whose `Origin` belongs to no single-page app of this deployment or of a tenant, nor to this API.",
    next: "Open the connection from a page of the single-page app, or add its origin (`WEB_APP_ORIGINS`, or `web_app.origins` of the tenant).",
  },
  too_many_metadata_documents: {
    status: 429,
    title: "Too many metadata documents",
    meaning:
      "Too many client id metadata documents had to be fetched for the caller's address lately.",
    next: "Repeat after the time in `Retry-After`.",
  },
  invalid_api_key: {
    status: 401,
    title: "API key refused",
    meaning:
      "The authority does not know this client id and secret, or they are not an API key of this API.",
    next: "Check the key. A rotated or deleted key is never valid again.",
  },
  too_many_failed_attempts: {
    status: 429,
    title: "Too many failed attempts",
    meaning:
      "Too many API keys were refused lately, for this client id or from this address. A key that has worked before still works.",
    next: "Check the key, and repeat after the time in `Retry-After`.",
  },
  api_key_expired: {
    status: 401,
    title: "API key expired",
    meaning: "The API key is correct, but it has expired.",
    next: "Use its successor, or have a new key created.",
  },
  address_not_allowed: {
    status: 403,
    title: "Address not allowed",
    meaning: "The API key is correct, but must not be used from this address.",
    next: "Call from one of the key's allowed addresses.",
  },
  beyond_own_bounds: {
    status: 403,
    title: "Beyond the caller's own limits",
    meaning:
      "The caller is an API key, and the key that it creates, rotates or gives scopes to would expire later or be valid from more addresses than the caller; or the caller itself was deleted, replaced or expired before the request was carried out.",
    next: "Use a key without such limits, or have a user with the required scopes do it.",
  },
  insufficient_scope: {
    status: 403,
    title: "Insufficient scope",
    meaning:
      "The credential is valid, but lacks a scope that the operation needs.",
    next: "Request a credential with the scopes named in the answer.",
  },
  insufficient_role: {
    status: 403,
    title: "Role missing",
    meaning:
      "No role of the user holds a scope that the operation needs. A role is a set of scopes.",
    next: "Ask an admin of your tenant for a role that holds the scopes named in the answer.",
  },
  role_not_grantable: {
    status: 403,
    title: "Role beyond your own scopes",
    meaning:
      "Granting a role needs every scope of that role, and an app cannot grant a role that can change anything. The caller lacks some of these scopes, or is an app.",
    next: "Use a credential that holds the scopes named in the answer, or grant another role.",
  },
  user_beyond_scopes: {
    status: 403,
    title: "User beyond your own scopes",
    meaning:
      "The user has a role with scopes that the caller lacks. Changing, blocking or deleting a user, or creating a ticket for one, needs every scope of that user's roles.",
    next: "Use a credential that holds the scopes named in the answer.",
  },
  user_shared: {
    status: 403,
    title: "Not this tenant's account alone",
    meaning:
      "The person uses the account elsewhere, too. A tenant can change the roles that such a user has in it, and remove the user from it by deleting it, but not change the account, or create a ticket for it.",
    next: "Leave changes of the account to its owner. To end the user's access to the tenant, delete the user here; the account stays.",
  },
  caller_not_allowed: {
    status: 403,
    title: "Kind of caller not allowed",
    meaning:
      "The operation does not accept callers of this kind (user, tenant or app).",
    next: "Use a credential of a kind that the operation's description names.",
  },
  consent_withdrawn: {
    status: 401,
    title: "Consent withdrawn",
    meaning:
      "The user has withdrawn the consent that this app's token was issued for. A token issued after a new consent works.",
    next: "Ask the user for consent again.",
  },
  app_blocked: {
    status: 403,
    title: "App blocked",
    meaning: "The operator of this API has blocked this app, for all tenants.",
    next: "Ask the operator of this API.",
  },
  app_not_allowed: {
    status: 403,
    title: "App not allowed for this tenant",
    meaning:
      "The user's tenant has denied this app; or nobody has approved it yet and the tenant has not allowed it; or the app has changed beyond what the tenant or the operator decided on.",
    next: "Ask an admin of your tenant to allow the app.",
  },
  tenant_suspended: {
    status: 403,
    title: "Tenant suspended",
    meaning:
      "The caller's tenant is suspended; none of its users, keys or apps may call.",
    next: "Ask the operator of this API.",
  },
  too_many_requests: {
    status: 429,
    title: "Too many requests",
    meaning:
      "The caller, or its tenant as a whole, has reached its request limit for this minute; `RateLimit` says which.",
    next: "Repeat after the time in `Retry-After`.",
  },
  too_many_idempotency_keys: {
    status: 429,
    title: "Too many idempotency keys",
    meaning:
      "The tenant has used as many idempotency keys within 24 hours at operations of services as this API keeps (`IDEMPOTENCY_KEYS_PER_TENANT`). The request was not sent.",
    next: "Repeat after the time in `Retry-After`, or ask the operator for a higher limit.",
  },
  too_many_pending_jobs: {
    status: 429,
    title: "Too many pending jobs",
    meaning:
      "The caller, or its tenant as a whole, has reached its limit of relay jobs that are waiting or running; nothing was stored. `detail` names the limit.",
    next: "Repeat after the time in `Retry-After`, when some of the jobs have ended.",
  },
  too_many_streams: {
    status: 429,
    title: "Too many streams",
    meaning:
      "The caller, or its tenant as a whole, has reached its limit of open streams (server-sent events, exports); `detail` says which.",
    next: "Close one, or repeat after the time in `Retry-After`.",
  },
  too_many_anonymous_requests: {
    status: 429,
    title: "Too many requests from this address",
    meaning:
      "Too many requests without a valid credential came from the caller's address (for IPv6, its /64 prefix) lately. Requests with a valid credential are not counted.",
    next: "Repeat after the time in `Retry-After`, or send a valid credential.",
  },
  authority_unavailable: {
    status: 503,
    title: "Authority unavailable",
    meaning:
      "The credential could not be verified because the authority did not answer. The credential may well be valid.",
    next: "Repeat after the time in `Retry-After`.",
  },
  not_found: {
    status: 404,
    title: "Not found",
    meaning: "There is no such resource, or the caller may not know of it.",
    next: "Check the URL and the id.",
  },
  method_not_allowed: {
    status: 405,
    title: "Method not allowed",
    meaning: "The resource exists, but does not support this method.",
    next: "Use one of the methods in `Allow`.",
  },
  not_acceptable: {
    status: 406,
    title: "Not acceptable",
    meaning:
      "The operation cannot answer in any of the media types that `Accept` names.",
    next: "Accept one of the media types in the operation's description.",
  },
  unsupported_media_type: {
    status: 415,
    title: "Media type not supported",
    meaning:
      "The operation does not support this media type, charset or content coding, or `Content-Type` is not well-formed.",
    next: "Send one of the media types in `Accept-Post`, in UTF-8, with one of the content codings in `Accept-Encoding` or none.",
  },
  body_too_large: {
    status: 413,
    title: "Body too large",
    meaning: "The request body is larger than the operation accepts.",
    next: "Send less at a time.",
  },
  import_too_large: {
    status: 413,
    title: "Import too large",
    meaning:
      "The user import exceeds a limit (rows, bytes, decompressed bytes, bytes of one row, blank bytes, or processor time); `detail` names it and its value.",
    next: "Split it into several imports, and remove blank lines; if one row is too long, look for a quotation mark that is not closed.",
  },
  headers_too_large: {
    status: 431,
    title: "Header fields too large",
    meaning:
      "The request line and header fields together are longer than the server accepts (16 KiB).",
    next: "Shorten them, in particular the URL, cookies and credentials.",
  },
  malformed_request: {
    status: 400,
    title: "Malformed request",
    meaning:
      "The request is not valid HTTP (broken syntax, a version other than 1.0 and 1.1, an invalid request target, no `Host` or more than one, or a transfer coding other than `chunked`; RFC 9112).",
    next: "Correct the client.",
  },
  expectation_failed: {
    status: 417,
    title: "Expectation failed",
    meaning:
      "The request has an `Expect` other than `100-continue`; no other expectation is supported (RFC 9110 section 10.1.1).",
    next: "Leave the field out.",
  },
  malformed_body: {
    status: 400,
    title: "Malformed body",
    meaning:
      "The body does not match its media type or content coding (for instance broken JSON or gzip, invalid UTF-8, or half of a surrogate pair), is nested deeper than 32 levels, or has a member named after a prototype (`__proto__`).",
    next: "Correct the body.",
  },
  truncated_gzip: {
    status: 400,
    title: "Gzip stream truncated",
    meaning: "The upload arrived completely, but its gzip stream is cut off.",
    next: "Compress the file again and compare its size with what was sent.",
  },
  corrupt_gzip: {
    status: 400,
    title: "Invalid gzip",
    meaning:
      "The upload is declared as gzip, but is not gzip, or its checksum is wrong.",
    next: "Compress the file again, or omit `Content-Encoding` if it is not compressed.",
  },
  invalid_columns: {
    status: 422,
    title: "Invalid columns",
    meaning:
      "The header row of the CSV file names a column that does not exist, names one twice, or lacks `email`; `detail` says which.",
    next: "Correct the header row (docs/csv.md lists the columns).",
  },
  invalid_parameter: {
    status: 400,
    title: "Invalid parameter",
    meaning:
      "A path, query or header parameter does not match its schema, or is not percent-encoded UTF-8; `errors` names each.",
    next: "Correct the parameters that `errors` points to.",
  },
  invalid_cursor: {
    status: 400,
    title: "Invalid cursor",
    meaning:
      "The cursor was not issued to this caller, for this operation and these filters, within the last 24 hours.",
    next: "Start again without a cursor, and use `next_cursor` of the answer.",
  },
  invalid_body: {
    status: 422,
    title: "Invalid body",
    meaning:
      "The body is well-formed, but does not match its schema; `errors` points to each wrong field.",
    next: "Correct the fields that `errors` points to.",
  },
  precondition_required: {
    status: 428,
    title: "If-Match missing",
    meaning:
      "The operation changes something that others may change too, and the request does not say which version it was based on.",
    next: "Fetch the resource, and send its `ETag` as `If-Match`.",
  },
  precondition_failed: {
    status: 412,
    title: "Changed in the meantime",
    meaning:
      "The resource is no longer the version that `If-Match`, or `version` in the body, names, or `If-Match` is a weak tag (`W/`), which never matches; `detail` says so. Nothing was changed.",
    next: "Fetch the resource again, and base the change on its current version.",
  },
  confirmation_required: {
    status: 428,
    title: "Confirmation missing",
    meaning:
      "Deleting a tenant needs the `confirmation` that a dry run of the same deletion returned within the last ten minutes.",
    next: "Call with `dry_run=true`, check what would be deleted, and send the `confirmation` of that answer as `confirm`.",
  },
  idempotency_key_in_use: {
    status: 409,
    title: "Idempotency key in use",
    meaning:
      "A request with this `Idempotency-Key` is still arriving, is being carried out by its service, or was aborted a moment ago.",
    next: "Repeat after the time in `Retry-After`; the repetition then gets the answer of the first request, or takes its place.",
  },
  idempotency_key_reused: {
    status: 422,
    title: "Idempotency key reused",
    meaning: "This `Idempotency-Key` was used for a different request before.",
    next: "Choose a new key for a new request; to repeat the old one, send it unchanged.",
  },
  answer_not_kept: {
    status: 409,
    title: "Answer not kept",
    meaning:
      "The request with this `Idempotency-Key` was sent to its service and answered, with an answer that is not kept to be repeated, such as one longer than 64 KiB or a stream. `detail` has its status. The request was not sent again.",
    next: "Check the current state; choose a new key only for a new request.",
  },
  role_not_assignable: {
    status: 422,
    title: "Role not assignable",
    meaning: "One of the roles is not one that this tenant may assign.",
    next: "Omit it, or ask the operator of this API.",
  },
  duplicate_row: {
    status: 422,
    title: "Duplicate email in one import",
    meaning:
      "An earlier row of the same user import has this email; the message names it.",
    next: "Leave one of them out.",
  },
  needs_import_jobs: {
    status: 422,
    title: "Password hash needs the channel `import_jobs`",
    meaning:
      "The row carries a password hash, which the authority accepts through its import jobs only.",
    next: "Send the row in an import of that channel, or without the hash.",
  },
  import_job_refused: {
    status: 422,
    title: "Import job refused",
    meaning:
      "The row carries a password hash, and the authority refused the whole import job that contained it.",
    next: "Check that the tenant's connection is a database that supports imports; then import the row again.",
  },
  member_refused: {
    status: 422,
    title: "Membership refused",
    meaning:
      "The row's user was created, but the authority refuses it as a member of the tenant's organization, after several attempts. The user cannot sign in to the tenant.",
    next: "Delete the user (`user_id`), and import the row again. If all rows fail so, have the operator check that the organization still exists at the authority.",
  },
  too_many_imports: {
    status: 429,
    title: "Too many concurrent imports",
    meaning:
      "The tenant has reached its limit of running user imports and open uploads (dry runs included).",
    next: "Wait until one has ended, or cancel one.",
  },
  import_ended: {
    status: 409,
    title: "Import ended",
    meaning:
      "The user import is completed or cancelled, so it can no longer be paused, resumed or cancelled.",
    next: "Check its rows; start another import for those that are missing.",
  },
  rows_deleted: {
    status: 410,
    title: "Rows deleted",
    meaning:
      "The rows of an import hold personal data and are deleted some time after its end. The counts are kept.",
    next: "Fetch the rows of the next import sooner after its end.",
  },
  empty_import: {
    status: 422,
    title: "Nothing to import",
    meaning: "The user import has no rows.",
    next: "Send at least one row.",
  },
  invalid_redirect_uri: {
    status: 400,
    title: "Redirect URI refused",
    meaning:
      "A redirect URI is not allowed for an app (RFC 7591 section 3.2.2).",
    next: "Use https, a loopback address, or a private-use scheme for a native app, without fragment, wildcard or credentials.",
  },
  invalid_client_metadata: {
    status: 400,
    title: "Client metadata refused",
    meaning:
      "A member of the client metadata is invalid (RFC 7591 section 3.2.2).",
    next: "Correct the member that the description names.",
  },
  invalid_software_statement: {
    status: 400,
    title: "Software statement refused",
    meaning:
      "The software statement is not a JWT, is not signed with its issuer's key, has expired, or contains an invalid member (RFC 7591 section 3.2.2).",
    next: "Get a new one from its issuer.",
  },
  unapproved_software_statement: {
    status: 400,
    title: "Software statement not approved",
    meaning:
      "The issuer of the software statement is not trusted here, or a software statement is required and missing (RFC 7591 section 3.2.2).",
    next: "Send a software statement by an issuer that the operator of this API trusts.",
  },
  too_many_registrations: {
    status: 429,
    title: "Too many registrations",
    meaning: "Too many apps were registered from this address lately.",
    next: "Register once and keep the client id; repeat after the time in `Retry-After`.",
  },
  request_timeout: {
    status: 408,
    title: "Request timeout",
    meaning: "The request body did not arrive in time.",
    next: "Send it again.",
  },
  user_exists: {
    status: 409,
    title: "User exists",
    meaning: "A user with this email or id exists already.",
    next: "Look the user up by email, or choose another email.",
  },
  email_unavailable: {
    status: 409,
    title: "Email unavailable",
    meaning:
      "Where tenants share a database of users: the email cannot be used for a user of this tenant. A user has it, or the authority refuses it or a value that came with it. Which of these it is stays unsaid, because the user may be another tenant's. Tenants with a database of their own get `user_exists` and `invalid_field` instead.",
    next: "Look the user up by email. If the tenant has no such user, use another email; if that is refused too, check the other values.",
  },
  weak_password: {
    status: 422,
    title: "Password too weak",
    meaning:
      "The password does not meet the password policy of the tenant's connection.",
    next: "Choose a longer, less common password.",
  },
  invalid_field: {
    status: 422,
    title: "Field refused by the authority",
    meaning: "The authority refused a value that this API's contract allows.",
    next: "Check the values, in particular email and picture.",
  },
  scope_not_available: {
    status: 422,
    title: "Scope not available",
    meaning:
      "The scopes in `scopes` are part of this API, but the API at the authority lacks them, so no token could have them. Nothing was changed.",
    next: "Ask for other scopes, or have the operator add these to the permissions of the API at the authority; then repeat. No restart is needed.",
  },
  api_key_limit_reached: {
    status: 409,
    title: "API key limit reached",
    meaning:
      "The tenant has reached its limit of API keys. A key that is being rotated and its successor count as two.",
    next: "Delete unused keys, complete rotations that are in progress, or rotate without overlap (`overlap_seconds` 0), which replaces the key instead of adding one.",
  },
  initial_access_token_limit_reached: {
    status: 409,
    title: "Initial access token limit reached",
    meaning:
      "The tenant, or the operator, has reached its limit of unexpired initial access tokens.",
    next: "Delete tokens that are used up or no longer needed.",
  },
  rotation_under_way: {
    status: 409,
    title: "Rotation in progress",
    meaning:
      "The API key is already being rotated, or was rotated and is being retired. Neither it nor its successor can be changed meanwhile.",
    next: "Complete or cancel that rotation first.",
  },
  no_rotation: {
    status: 409,
    title: "No rotation in progress",
    meaning:
      "The API key is not being rotated, so there is nothing to complete or to cancel.",
    next: "Use the client id of the key that is being replaced, not of its successor.",
  },
  app_limit_reached: {
    status: 503,
    title: "App limit reached",
    meaning:
      "The limit of third-party apps is reached, or the share of it for apps without a voucher or with initial access tokens of one tenant. The rest is reserved for apps with an initial access token or a software statement, and for API keys.",
    next: "Contact the operator of this API. Unused apps are removed automatically.",
  },
  webhook_limit_reached: {
    status: 409,
    title: "Webhook limit reached",
    meaning: "The tenant has reached its limit of webhooks.",
    next: "Delete unused webhooks, or subscribe one webhook to more event types.",
  },
  webhook_disabled: {
    status: 409,
    title: "Webhook disabled",
    meaning:
      "The webhook is disabled, so nothing is sent to it; `disabled_because` says why.",
    next: "Enable it first.",
  },
  replay_in_progress: {
    status: 409,
    title: "Replay in progress",
    meaning: "An earlier replay to this webhook is still being delivered.",
    next: "Wait until it has been delivered; an `unverified` endpoint has to be verified first.",
  },
  too_many_webhook_verifications: {
    status: 429,
    title: "Too many webhook verifications",
    meaning:
      "Too many verification requests were sent to endpoints of this tenant's webhooks lately.",
    next: "Repeat after the time in `Retry-After`.",
  },
  tenant_exists: {
    status: 409,
    title: "Tenant exists",
    meaning:
      "A tenant with this id exists or existed. The id of a deleted tenant is never reused.",
    next: "Choose another id.",
  },
  email_domain_taken: {
    status: 409,
    title: "Email domain taken",
    meaning:
      "Another tenant has one of these email domains. A domain leads to one tenant's sign-in page only.",
    next: "Take the domain from the other tenant first, or leave it out.",
  },
  tenant_busy: {
    status: 409,
    title: "Tenant is being created or deleted",
    meaning:
      "The tenant is being created or deleted, and cannot be changed now.",
    next: "Repeat when that job has ended.",
  },
  connection_exists: {
    status: 409,
    title: "Connection exists",
    meaning:
      "The authority already has a connection with the name that the tenant's own connection would get.",
    next: "Choose another tenant id, or pass that connection as `connection` if the tenant's users are to be stored in it.",
  },
  connection_owned: {
    status: 409,
    title: "Connection belongs to a tenant",
    meaning:
      "The connection is a tenant's own database. No other tenant shares it, because it is deleted with its owner.",
    next: "Name another connection, or omit it, so that the tenant gets the deployment's default.",
  },
  unknown_connection: {
    status: 422,
    title: "Unknown connection",
    meaning:
      "The authority has no database connection (users with passwords) of this name.",
    next: "Correct the name, or omit it, so that the tenant gets the deployment's default.",
  },
  organization_exists: {
    status: 409,
    title: "Organization exists",
    meaning:
      "The authority already has an organization with the tenant's id as its name, which a new organization would get.",
    next: "Choose another id for a new tenant, or pass the id of that organization (`org_…`) as `organization` if the tenant is to take it over.",
  },
  organization_owned: {
    status: 409,
    title: "Organization belongs to a tenant",
    meaning:
      "The organization is another tenant, in the registry or by `tenant_id` in its metadata at the authority.",
    next: "Name another organization, or `new`. If that tenant no longer exists, remove `tenant_id` from the organization's metadata.",
  },
  unknown_organization: {
    status: 422,
    title: "Unknown organization",
    meaning: "The authority has no organization of this id.",
    next: "Correct the id, which begins with `org_` and is not the name, or pass `new`.",
  },
  tenancy_not_available: {
    status: 422,
    title: "Not available in this deployment",
    meaning:
      "The deployment does not allow this kind of database, web app or organization for new tenants, or lacks its configuration (SHARED_DATABASE, WEB_APP_CLIENT_IDS).",
    next: "Choose the other kind, or have the operator change TENANT_DATABASES, TENANT_WEB_APPS, TENANT_ORGANIZATIONS or the missing setting.",
  },
  web_app_shared: {
    status: 409,
    title: "The web app is shared",
    meaning:
      "The tenant has no single-page app of its own, so there are no addresses to replace, and no client can be adopted beside it. Addresses of the shared one are in the deployment's configuration and at the authority.",
    next: "Change WEB_APP_ORIGINS, and the addresses of the shared client at the authority. A client to adopt is one for WEB_APP_CLIENT_IDS.",
  },
  change_over_not_possible: {
    status: 409,
    title: "Change-over not possible",
    meaning:
      "A tenant cannot be changed over in this way, or is as asked for already; `errors` says which member of the body asks for it.",
    next: "Leave out what is named. Users cannot be moved to another database; create them there anew, as `docs/change-over.md` explains.",
  },
  change_over_under_way: {
    status: 409,
    title: "Another change-over is under way",
    meaning: "The tenant is being changed over to something else.",
    next: "Finish that change-over first.",
  },
  change_over_not_open: {
    status: 409,
    title: "No change-over to finish",
    meaning:
      "The tenant is not being changed over, or what it changes over to is not prepared yet, or is an organization and has been for less than a minute.",
    next: "Start the change-over, and finish it once its job has succeeded; if it becomes an organization, a minute later.",
  },
  client_owned: {
    status: 409,
    title: "Client belongs to a tenant",
    meaning:
      "The client is another tenant's, an app or part of this deployment, in the registry or by its `client_metadata` at the authority, and is never assigned anew.",
    next: "Name another client. If that tenant no longer exists, or `kind` and `tenant_id` in the client's metadata are values of your own, remove them.",
  },
  client_not_suitable: {
    status: 409,
    title: "Client not suitable",
    meaning:
      "The client cannot be what it was to be adopted as; `detail` says why.",
    next: "Change the client at the authority as `detail` says, or create a new API key or web app.",
  },
  unknown_client: {
    status: 422,
    title: "Unknown client",
    meaning: "The authority has no client of this id.",
    next: "Correct the client id.",
  },
  adoption_query_too_broad: {
    status: 422,
    title: "Query cannot be divided",
    meaning:
      "More than 1,000 of the users that the query finds were created in the same millisecond, and the authority's search shows no more.",
    next: "Narrow the query, for instance by `email`, or name the users by `user_ids`.",
  },
  application_limit_reached: {
    status: 503,
    title: "Application limit reached",
    meaning:
      "The account at the authority has as many applications as its plan allows.",
    next: "Contact the operator of this API.",
  },
  upstream_rate_limited: {
    status: 503,
    title: "Authority's rate limit reached",
    meaning:
      "The authority refused the call because of its rate limit, and retries did not succeed in time.",
    next: "Repeat after the time in `Retry-After`.",
  },
  upstream_unavailable: {
    status: 503,
    title: "Authority unavailable",
    meaning:
      "The authority did not answer, or answered with a server error. Nothing was changed.",
    next: "Repeat after the time in `Retry-After`.",
  },
  upstream_refused: {
    status: 502,
    title: "Authority refused",
    meaning:
      "The authority refused this API's own call. The cause is the configuration of this deployment, not the request.",
    next: "Contact the operator of this API; include the `request_id`.",
  },
  not_in_plan: {
    status: 502,
    title: "Not in the authority's plan",
    meaning:
      "The plan of the account at the authority does not include what this call needs.",
    next: "Contact the operator of this API; include the `request_id`.",
  },
  outcome_unknown: {
    status: 502,
    title: "Outcome unknown",
    meaning:
      "The change was sent to the authority, to a service, or to this API's own store, and the answer was lost. It may have been carried out.",
    next: "Check the current state before you repeat the request.",
  },
  service_unavailable: {
    status: 503,
    title: "Service unavailable",
    meaning:
      "The service that this operation belongs to cannot be connected to, or gets as many requests as it may at the same time. Nothing was sent to it.",
    next: "Repeat after the time in `Retry-After`.",
  },
  service_failed: {
    status: 502,
    title: "Service failed",
    meaning:
      "The service that this operation belongs to closed the connection before it answered, answered with what is not valid HTTP, or did not accept this API's credential. A change may have been made; `detail` says so.",
    next: "Check the current state before you repeat a change; a read can be repeated.",
  },
  service_timeout: {
    status: 504,
    title: "Service did not answer in time",
    meaning:
      "The service that this operation belongs to accepted the request and did not answer in time. A change may have been made; `detail` says so.",
    next: "Check the current state before you repeat a change; a read can be repeated.",
  },
  overloaded: {
    status: 503,
    title: "Temporarily unavailable",
    meaning:
      "A component that this API needs (its queue or store) does not answer, or the process is at its concurrency limit. Nothing was done.",
    next: "Repeat after the time in `Retry-After`.",
  },
  internal_error: {
    status: 500,
    title: "Internal error",
    meaning:
      "The service failed. The request may or may not have taken effect.",
    next: "Contact the operator of this API; include the `request_id`.",
  },
} as const;
