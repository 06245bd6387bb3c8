-- Changes one tenant, unless somebody else has meanwhile.
-- @key tenants    hash: id → its entry
-- @key retired    hash: ids of tenants that were deleted
-- @key changes    stream
-- @key unwritten  set: tenants whose change is still to be written at the authority
-- @key outbox     stream
-- @key domains    hash: domain of email addresses → id of the tenant that has it
-- @arg id
-- @arg from       what it was ('' none, '*' whatever)
-- @arg becomes    '' nothing
-- @arg channel    where changes are announced
-- @arg maxChanges how many changes are kept
-- @arg retiredAt  now, when the id of one that goes is not to be given again; else ''
-- @arg event      tells of it ('' none)
-- @return 1; 0 when it was not as expected; 2 when a new one has the id of one that was deleted; 3 when another one has its email domain
local was = redis.call('HGET', tenants, id) or ''
-- A list of all tenants that ever were must not grow without end.
local MAX_RETIRED = 1000000
if from ~= '*' and from ~= was then return 0 end
if was == '' and from == '' and redis.call('HEXISTS', retired, id) == 1 then return 2 end
local function domains_of(text) return text ~= '' and cjson.decode(text).email_domains or {} end
local own = domains_of(becomes)
for _, domain in ipairs(own) do
  local owner = redis.call('HGET', domains, domain)
  if owner and owner ~= id then return 3 end
end
for _, domain in ipairs(domains_of(was)) do redis.call('HDEL', domains, domain) end
for _, domain in ipairs(own) do redis.call('HSET', domains, domain, id) end
if becomes == '' then
  redis.call('HDEL', tenants, id)
  if retiredAt ~= '' then
    if redis.call('HLEN', retired) >= MAX_RETIRED then redis.call('HDEL', retired, redis.call('HRANDFIELD', retired)) end
    redis.call('HSET', retired, id, retiredAt)
  end
else
  redis.call('HSET', tenants, id, becomes)
  redis.call('SADD', unwritten, id)
end
redis.call('XADD', changes, 'MAXLEN', '~', maxChanges, '*', 'tenant', id)
if event ~= '' then redis.call('XADD', outbox, '*', 'e', event) end
redis.call('PUBLISH', channel, 'tenant')
return 1
