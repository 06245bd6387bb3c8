-- Changes one tenant, unless somebody else has meanwhile.
-- KEYS  1 tenants  2 ids of tenants that were deleted  3 changes  4 tenants whose change is still to be written at the authority
--       5 outbox
-- ARGV  1 id  2 what it was ('' none, '*' whatever)  3 what it becomes ('' nothing)  4 channel  5 how many changes are kept
--       6 now, when the id of one that goes is not to be given again; else ''  7 the event that tells of it ('' none)
-- Returns 1; 0 when it was not as expected; 2 when a new one has the id of one that was deleted.
local was = redis.call('HGET', KEYS[1], ARGV[1]) or ''
-- A list of all tenants that ever were must not grow without end.
local MAX_RETIRED = 1000000
if ARGV[2] ~= '*' and ARGV[2] ~= was then return 0 end
if was == '' and ARGV[2] == '' and redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 then return 2 end
if ARGV[3] == '' then
  redis.call('HDEL', KEYS[1], ARGV[1])
  if ARGV[6] ~= '' then
    if redis.call('HLEN', KEYS[2]) >= MAX_RETIRED then redis.call('HDEL', KEYS[2], redis.call('HRANDFIELD', KEYS[2])) end
    redis.call('HSET', KEYS[2], ARGV[1], ARGV[6])
  end
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
  redis.call('SADD', KEYS[4], ARGV[1])
end
redis.call('XADD', KEYS[3], 'MAXLEN', '~', ARGV[5], '*', 'tenant', ARGV[1])
if ARGV[7] ~= '' then redis.call('XADD', KEYS[5], '*', 'e', ARGV[7]) end
redis.call('PUBLISH', ARGV[4], 'tenant')
return 1
