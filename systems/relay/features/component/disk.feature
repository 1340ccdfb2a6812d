Feature: A disk that is full

  Scenario: A chunk that the disk does not take is not acknowledged, and can be sent again
    Given the value "whole" is set to "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    And the request header "X-Chunk-Sha256" is set to "${whole}"
    When POST "/uploads?name=little&size=5&chunk=5&sha256=${whole}" is sent to "small"
    Then the status is 201
    When the body at "$.id" is saved as "id"
    And the disk of "small" is full
    And PUT "/uploads/${id}/chunks/0" is sent to "small" with the body
      """
      hello
      """
    Then the status is 507
    When GET "/uploads/${id}" is sent to "small"
    Then the body at "$.missing" has 1 element
    When the fault is undone
    And PUT "/uploads/${id}/chunks/0" is sent to "small" with the body
      """
      hello
      """
    Then the status is 204
    When POST "/uploads/${id}/complete" is sent to "small"
    Then the status is 201
    When GET "/artifacts/little" is sent to "small"
    Then the body is "hello"
    And the metric "relay_disk_full_total" of "small.metrics" is 1
