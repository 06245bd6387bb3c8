-- A job that ends, or is forgotten, is not pending any more. `pendingJobs` is pending-jobs.lua.
-- @key record  hash: the job's record, still there
-- @arg id      of the job
-- @arg prefix  of all keys of the relay
local flow = redis.call('HGET', record, 'flow')
if flow then pendingJobs(prefix).discharge(flow, id) end
return 1
