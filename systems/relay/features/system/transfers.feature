Feature: In the middle of a transfer

  Scenario: The server is killed, and the transfer goes on where it was
    Given the metric "relay_chunks_stored_total" of "server.metrics" is noted
    When the connection from "client" to "server" is limited to 1 MB/s
    And the artifact "${run.directory}/inbox/model-e.bin" of "${size}" is generated from the seed 11
    And the manifest of "${run.directory}/inbox/model-e.bin" is taken as "before"
    Then within 60 seconds the metric "relay_chunks_stored_total" of "server.metrics" has increased by at least 1
    When the service "server" is killed
    Then the file "${run.directory}/server/artifacts/model-e.bin" is absent
    When the service "server" is started
    Then the metric "relay_chunks_recovered_total" of "server.metrics" is at least 1
    When GET "/artifacts/model-e.bin" is sent to "server"
    Then the status is 404
    When all faults are undone
    And GET "/artifacts?name=model-e.bin" is sent to "server"
    Then within 3 minutes the body at "$.artifacts[0].name" is "model-e.bin"
    And the manifest of "/artifacts/model-e.bin" from "server" is "before"
    And the manifest of "${run.directory}/server/artifacts/model-e.bin" is "before"
    When DELETE "/artifacts/model-e.bin" is sent to "server"
    Then the status is 204

  Scenario: The client is killed, and its successor sends only what is missing
    Given the metric "relay_chunks_stored_total" of "server.metrics" is noted
    When the connection from "client" to "server" is limited to 1 MB/s
    And the artifact "${run.directory}/inbox/model-f.bin" of "${size}" is generated from the seed 12
    And the manifest of "${run.directory}/inbox/model-f.bin" is taken as "before"
    Then within 60 seconds the metric "relay_chunks_stored_total" of "server.metrics" has increased by at least 1
    When the service "client" is killed
    And GET "/artifacts/model-f.bin" is sent to "server"
    Then the status is 404
    When the service "client" is started
    And all faults are undone
    And GET "/artifacts?name=model-f.bin" is sent to "server"
    Then within 3 minutes the body at "$.artifacts[0].name" is "model-f.bin"
    And the metric "relay_client_chunks_resumed_total" of "client" is at least 1
    And the metric "relay_client_bytes_sent_total" of "client" is at least 1
    And the manifest of "/artifacts/model-f.bin" from "server" is "before"
    When DELETE "/artifacts/model-f.bin" is sent to "server"
    Then the status is 204

  Scenario: The line is cut and slow, and nothing is lost
    When the connection from "client" to "server" is limited to 2 MB/s
    And the artifact "${run.directory}/inbox/model-g.bin" of "${size}" is generated from the seed 13
    And the manifest of "${run.directory}/inbox/model-g.bin" is taken as "before"
    And the metric "relay_client_retries_total" of "client" is noted
    Then within 60 seconds the metric "relay_uploads_open" of "server.metrics" is 1
    When the connection from "client" to "server" is reset
    And the connection from "client" to "server" is refused for 1 second
    Then within 10 seconds the metric "relay_client_retries_total" of "client" has increased by at least 1
    When all faults are undone
    And GET "/artifacts?name=model-g.bin" is sent to "server"
    Then within 3 minutes the body at "$.artifacts[0].name" is "model-g.bin"
    And the manifest of "/artifacts/model-g.bin" from "server" is "before"
    And the metric "relay_uploads_open" of "server.metrics" is 0
    When DELETE "/artifacts/model-g.bin" is sent to "server"
    Then the status is 204
