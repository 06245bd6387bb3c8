-- Takes events over from the audit log to what a webhook is still to be told, if nobody else has meanwhile.
-- KEYS  1 the tenant's webhooks  2 all that are due  3 its state  4 what is due  5 outbox
-- ARGV  1 tenant  2 id  3 up to where events were taken over, as read  4 up to where they are now, 5 and the number of that event  6 now
--       7 the event that tells that some were gone from the audit log before ('' none)  … then for each event: time, event
-- Returns 1; 0 when it is gone, or was set back
if redis.call('HEXISTS', KEYS[1], ARGV[2]) == 0 or redis.call('HGET', KEYS[3], 'cursor') ~= ARGV[3] then return 0 end
redis.call('HSET', KEYS[3], 'cursor', ARGV[4], 'cursor_seq', ARGV[5])
for i = 8, #ARGV, 2 do redis.call('ZADD', KEYS[4], 'NX', ARGV[i], ARGV[i + 1]) end
if #ARGV > 7 then redis.call('ZADD', KEYS[2], ARGV[6], ARGV[1] .. ' ' .. ARGV[2]) end
if ARGV[7] ~= '' then redis.call('XADD', KEYS[5], '*', 'e', ARGV[7]) end
return 1
