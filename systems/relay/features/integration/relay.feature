Feature: From a folder to the server

  Scenario: An artifact arrives as it was, and stays as it was
    # Under another name first: what is not complete is not sent.
    Given the command "cp ${artifact.model.path} ${run.directory}/inbox/model-a.bin.part" is run
    And the command "mv ${run.directory}/inbox/model-a.bin.part ${run.directory}/inbox/model-a.bin" is run
    When the manifest of "${run.directory}/inbox/model-a.bin" is taken as "before"
    And GET "/artifacts?name=model-a.bin" is sent to "server"
    Then within 3 minutes the body at "$.artifacts[0].name" is "model-a.bin"
    And the body at "$.artifacts[0].sha256" is "${artifact.model.sha256}"
    And the manifest of "/artifacts/model-a.bin" from "server" is "before"
    And the manifest of "${run.directory}/server/artifacts/model-a.bin" is "before"
    # What the upload needed is gone.
    And within 5 seconds there are 0 files in "${run.directory}/server/uploads"
    And the manifest of "${run.directory}/inbox/model-a.bin" is "before"
    When DELETE "/artifacts/model-a.bin" is sent to "server"
    Then the status is 204
    And the file "${run.directory}/server/artifacts/model-a.bin" is absent
    When the command "rm ${run.directory}/inbox/model-a.bin" is run
    Then the exit code is 0

  Scenario: A file is sent once it is complete
    Given the file "${run.directory}/inbox/model-b.bin.part" is written with
      """
      not all of it
      """
    When GET "/artifacts?name=model-b" is sent to "server"
    Then for 1 second the body at "$.artifacts" has 0 elements

  Scenario: The relay is fast enough, and seldom has to try again
    # The first one warms both up.
    Given the command "cp ${artifact.bulk.path} ${run.directory}/inbox/model-d.bin.part" is run
    And the command "mv ${run.directory}/inbox/model-d.bin.part ${run.directory}/inbox/model-d.bin" is run
    When GET "/artifacts?name=model-d.bin" is sent to "server"
    Then within 3 minutes the body at "$.artifacts[0].name" is "model-d.bin"
    And within 5 seconds there is 1 file in "${run.directory}/client/model-d.bin.sent*"
    When DELETE "/artifacts/model-d.bin" is sent to "server"
    Then the status is 204
    When the command "rm ${run.directory}/inbox/model-d.bin" is run
    Given the metric "relay_client_files_sent_total" of "client" is noted
    And the artifact "${run.directory}/inbox/model-c.bin" of "${bulk}" is generated from the seed 8
    When the manifest of "${run.directory}/inbox/model-c.bin" is taken as "before"
    And GET "/artifacts?name=model-c.bin" is sent to "server"
    Then within 3 minutes the body at "$.artifacts[0].name" is "model-c.bin"
    And within 5 seconds the metric "relay_client_files_sent_total" of "client" has increased by at least 1
    # What these must be stands under `targets` in the plan.
    When the metric "relay_client_last_bytes_per_second" of "client" is reported as "throughput"
    And the metric "relay_client_retry_ratio" of "client" is reported as "retries"
    And the metric "relay_last_upload_connections" of "server.metrics" is reported as "connections"
    Then the manifest of "/artifacts/model-c.bin" from "server" is "before"
    When DELETE "/artifacts/model-c.bin" is sent to "server"
    Then the status is 204
