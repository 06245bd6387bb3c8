-- A job that ends, or is forgotten, is not pending any more. `pendingJobs` is pending-jobs.lua.
-- KEYS[1]  hash: the job's record, still there; its key is the relay's prefix, `job:` and the id
-- ARGV[1]  the job's id
local flow = redis.call('HGET', KEYS[1], 'flow')
if flow then pendingJobs({}, {string.sub(KEYS[1], 1, -#ARGV[1] - 5)}).discharge(flow, ARGV[1]) end
return 1
