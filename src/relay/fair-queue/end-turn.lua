-- Releases a ticket when the job that was taken with it has ended. The ticket may have been redelivered to another worker that took
-- another job with it: that entry stays, as nobody would requeue its job if that worker died.
-- @key turn   string: the job that was taken with the ticket
-- @arg ended  `<stalls> <id>` of the job that has ended
if redis.call('GET', turn) == ended then redis.call('DEL', turn) end
