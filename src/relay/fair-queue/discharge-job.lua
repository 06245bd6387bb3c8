-- Removes a job that ends, or is cancelled, from the pending jobs. `pendingJobs` is pending-jobs.lua.
-- @key record  hash: the job's record, which still exists
-- @arg id      of the job
-- @arg prefix  of all relay keys
local flow = redis.call('HGET', record, 'flow')
if flow then pendingJobs(prefix).discharge(flow, id) end
return 1
