"""The example workspace `connexions`: one service walked through from six perspectives (made up)."""
